package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.file.Json;
import dev.touchstone.generator.file.JsonRecord;
import dev.touchstone.generator.scene.Caption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShippedWeightsTest {

    private static JsonRecord card() throws IOException {
        try (InputStream in = PebbleWeights.class.getResourceAsStream("pebble-2.model-card.json")) {
            return Json.parse("pebble-2.model-card.json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void areThoseOfTheModelCard() throws IOException {
        PebbleWeights weights = PebbleWeights.shipped();

        assertThat(card().object("weights").text("sha256")).isEqualTo(weights.digest());
        assertThat(card().object("training").flag("finished")).isTrue();
    }

    @Test
    void knowEveryWordOfTheCaptions() {
        assertThat(PebbleWeights.shipped().words()).containsAll(Caption.vocabulary());
    }
}
