package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.generator.runtime.Precision;
import dev.touchstone.generator.runtime.RuntimeProvider;
import dev.touchstone.generator.runtime.RuntimeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Source and command of the values: see {@code .ci/reference/pebble.py}. */
class PebbleReferenceTest {

    static Stream<RuntimeProvider> runtimes() {
        return ServiceLoader.load(RuntimeProvider.class).stream().map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void picturesAreThoseOfTheDefinition(RuntimeProvider runtime) throws IOException {
        JsonNode reference = reference();
        try (Pebble pebble = Pebble.load(TinyPebble.weights(), runtime, RuntimeSettings.ofMachine(Precision.FP32))) {
            for (JsonNode values : reference.get("cases")) {
                int width = values.get("width").asInt();
                int height = values.get("height").asInt();
                Sampling.Method method =
                        Sampling.Method.valueOf(values.get("sampler").asText().toUpperCase(Locale.ROOT));
                Sampling sampling = new Sampling(
                        method,
                        values.get("steps").asInt(),
                        values.get("guidance").asDouble());
                PebbleBatch batch =
                        new PebbleBatch(width, height, 0, "reference", List.of(0, 1), sampling, Optional.empty());
                pebble.encode(
                        reference.get("prompt").asText(),
                        reference.get("negative").asText(),
                        sampling);
                float[] pixels = pebble.pixels(pebble.sample(batch, noise(width, height), step -> {}));
                check(values, pixels, runtime.name());
            }
        }
    }

    private static void check(JsonNode values, float[] pixels, String runtime) {
        int size = pixels.length / 2;
        for (int image = 0; image < 2; image++) {
            JsonNode row = values.get("values").get(image);
            for (int i = 0; i < row.size(); i++) {
                float found = pixels[image * size + i * values.get("every").asInt()];
                assertThat(Math.min(1, Math.max(-1, found)))
                        .as("%s, %s, value %d of image %d", runtime, values.get("sampler"), i, image)
                        .isCloseTo((float) row.get(i).asDouble(), within(2e-4f));
            }
        }
    }

    private static float[] noise(int width, int height) {
        Geometry geometry = new Geometry(width, height);
        float[] values = TinyPebble.fractions(2 * geometry.size, 77);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1.7f;
        }
        float[] patches = new float[values.length];
        for (int at = 0; at < values.length; at += geometry.size) {
            float[] one = geometry.toPatches(Arrays.copyOfRange(values, at, at + geometry.size));
            System.arraycopy(one, 0, patches, at, geometry.size);
        }
        return patches;
    }

    @Test
    void tokensAreThoseOfTheDefinition() throws IOException {
        JsonNode reference = reference();
        Tokenizer tokenizer = new Tokenizer(TinyPebble.WORDS, 8);
        assertThat(tokenizer.tokenize(reference.get("prompt").asText())).containsExactly(ints(reference.get("tokens")));
        assertThat(tokenizer.tokenize(reference.get("negative").asText()))
                .containsExactly(ints(reference.get("negativeTokens")));
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = PebbleReferenceTest.class.getResourceAsStream("pebble-reference.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
