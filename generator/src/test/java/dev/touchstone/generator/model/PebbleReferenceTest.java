package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.io.IOException;
import java.io.InputStream;
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
                Geometry geometry = geometry(values);
                Sampling.Method method =
                        Sampling.Method.valueOf(values.get("sampler").asText().toUpperCase(Locale.ROOT));
                Sampling sampling = new Sampling(
                        method,
                        values.get("steps").asInt(),
                        values.get("guidance").asDouble());
                PebbleBatch batch = new PebbleBatch(
                        geometry.width, geometry.height, 0, "reference", List.of(0, 1), sampling, Optional.empty());
                pebble.encode(
                        reference.get("prompt").asText(),
                        reference.get("negative").asText(),
                        sampling);
                float[] pixels = pebble.pixels(pebble.sample(batch, noise(geometry), step -> {}));
                check(values, clamped(pixels), runtime.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void latentsAreThoseOfTheDefinition(RuntimeProvider runtime) throws IOException {
        PictureNetworks networks = new PictureNetworks(TinyPebble.weights());
        RuntimeSettings settings = RuntimeSettings.ofMachine(Precision.FP32);
        try (TensorRuntime decoder = runtime.load(networks.decoder(), settings);
                TensorRuntime encoder = runtime.load(networks.encoder(), settings)) {
            for (JsonNode values : reference().get("encoded")) {
                Geometry geometry = geometry(values);
                try (PictureCodec codec = new PictureCodec(decoder, () -> encoder, geometry, 2)) {
                    float[] cells = codec.encode(TinyPebble.fractions(2 * geometry.size, 78));
                    check(values, cells, runtime.name());
                }
            }
        }
    }

    private static Geometry geometry(JsonNode values) {
        int latent = TinyPebble.weights().config().latent();
        return new Geometry(values.get("width").asInt(), values.get("height").asInt(), latent);
    }

    private static void check(JsonNode values, float[] found, String runtime) {
        int size = found.length / 2;
        for (int image = 0; image < 2; image++) {
            JsonNode row = values.get("values").get(image);
            assertThat(row.size()).isPositive();
            for (int i = 0; i < row.size(); i++) {
                assertThat(found[image * size + i * values.get("every").asInt()])
                        .as("%s, %s, value %d of image %d", runtime, values.get("sampler"), i, image)
                        .isCloseTo((float) row.get(i).asDouble(), within(2e-4f));
            }
        }
    }

    /** Decoded pictures are clamped in the definition, and in Java where they become bytes. */
    private static float[] clamped(float[] pixels) {
        float[] result = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            result[i] = Math.min(1, Math.max(-1, pixels[i]));
        }
        return result;
    }

    private static float[] noise(Geometry geometry) {
        float[] values = TinyPebble.fractions(2 * geometry.cells, 77);
        for (int i = 0; i < values.length; i++) {
            values[i] *= 1.7f;
        }
        return values;
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
