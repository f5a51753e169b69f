package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.scene.Caption;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedWeightsTest {

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PebbleWeights.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pebble-2", "pebble-2-update", "pebble-2-update-2"})
    void areThoseOfTheirModelCards(String name) throws IOException, NoSuchAlgorithmException {
        byte[] weights = resource(name + ".safetensors");
        JsonRecord card = Json.parse(name, new String(resource(name + ".model-card.json"), StandardCharsets.UTF_8));

        assertThat(card.object("weights").text("sha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(weights)));
        assertThat(card.object("training").flag("finished")).isTrue();
    }

    @Test
    void areTheBaseWithItsUpdates() throws IOException {
        PebbleWeights base = PebbleWeights.parse(resource("pebble-2.safetensors"), "base");
        PebbleWeights shipped = PebbleWeights.shipped();

        assertThat(shipped.digest()).isEqualTo(PebbleWeights.shippedDigest()).isNotEqualTo(base.digest());
        assertThat(shipped.tensors()).containsOnlyKeys(base.tensors().keySet());
        assertThat(shipped.tensor("flow.blocks.0.qkv.weight").values())
                .isNotEqualTo(base.tensor("flow.blocks.0.qkv.weight").values());
    }

    @Test
    void knowEveryWordOfTheCaptions() {
        assertThat(PebbleWeights.shipped().words()).containsAll(Caption.vocabulary());
    }
}
