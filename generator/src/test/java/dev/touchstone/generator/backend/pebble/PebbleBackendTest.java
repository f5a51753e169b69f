package dev.touchstone.generator.backend.pebble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.model.Pebble;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** On the shipped weights, found as a user's manifest finds them. */
class PebbleBackendTest {

    private final BackendProvider provider = BackendProviders.installed().named("pebble");

    @Test
    void phasesFollowOneAnotherAndImagesArriveBatchByBatch() {
        List<String> heard = new ArrayList<>();
        try (ImageBackend backend = provider.open(settings("auto", "fp32"))) {
            backend.generate(request(2, 3, 1, 4), new Listener(heard), (index, image) -> {
                assertThat(image.pixels().widthPixels()).isEqualTo(64);
                heard.add("image " + index);
            });
        }
        assertThat(heard)
                .containsExactly(
                        "encoding 0",
                        "sampling 0",
                        "step 0.0",
                        "step 0.1",
                        "decoding 0",
                        "image 3",
                        "image 1",
                        "sampling 1",
                        "step 1.0",
                        "step 1.1",
                        "decoding 1",
                        "image 4");
    }

    @Test
    void batchSizeDoesNotChangeAnImage() {
        try (ImageBackend backend = provider.open(settings("onnxruntime", "fp32"))) {
            SortedMap<Integer, RgbImage> one = new TreeMap<>();
            SortedMap<Integer, RgbImage> all = new TreeMap<>();
            backend.generate(
                    request(1, 0, 1, 2),
                    new Listener(new ArrayList<>()),
                    (index, image) -> one.put(index, image.pixels()));
            backend.generate(
                    request(8, 0, 1, 2),
                    new Listener(new ArrayList<>()),
                    (index, image) -> all.put(index, image.pixels()));
            assertThat(one.keySet()).isEqualTo(all.keySet());
            one.forEach((index, image) -> {
                for (int i = 0; i < image.rgb().length; i++) {
                    int difference = (image.rgb()[i] & 0xff) - (all.get(index).rgb()[i] & 0xff);
                    assertThat(Math.abs(difference))
                            .as("image %d, value %d", index, i)
                            .isLessThanOrEqualTo(1);
                }
            });
        }
    }

    @Test
    void identitySaysWhatMadeThePicturesAndWhy() {
        try (ImageBackend backend = provider.open(settings("auto", "int8"))) {
            SortedMap<String, String> identity = backend.identity();
            assertThat(identity)
                    .containsEntry("id", "pebble")
                    .containsEntry("version", "2")
                    .containsEntry("precision", "int8")
                    .containsEntry("sampling", Pebble.SAMPLING)
                    .containsEntry("weightsDigest", Pebble.shippedDigest())
                    .containsKeys("runtime", "runtimeVersion", "device", "runtimeReason");
            assertThat(identity.get("weightsDigest")).matches("[0-9a-f]{64}");
            assertThat(provider.modelDigest(settings("auto", "int8")))
                    .as("weights and way of sampling")
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(identity.get("weightsDigest"));
            assertThat(identity.get("runtimeReason")).startsWith("Fastest that works of onnxruntime, nd4j.");
        }
    }

    @Test
    void whatCannotBeServedIsSaidInWords() {
        assertThatThrownBy(() -> provider.open(settings("tensorflow", "fp32")))
                .isInstanceOf(BackendException.class)
                .hasMessage("runtime: expected auto or one of onnxruntime, nd4j, found \"tensorflow\"");
        assertThatThrownBy(() -> provider.open(settings("nd4j", "int8")))
                .hasMessage("runtime nd4j: expected one that loads here and computes in int8, found none. nd4j does not"
                        + " compute in int8.");
        assertThatThrownBy(() -> provider.open(settings("auto", "fp64")))
                .hasMessage("pebble: precision: expected one of fp32, int8, found \"fp64\"");
        assertThatThrownBy(() -> provider.open(settings("9", "auto", "fp32")))
                .hasMessage("pebble: expected version 2, found 9");
        try (ImageBackend backend = provider.open(settings("auto", "fp32"))) {
            ImageRequest odd = new ImageRequest(
                    new PromptId("pr-1"),
                    "a",
                    "",
                    65,
                    64,
                    1,
                    List.of(0),
                    1,
                    new SamplingSettings(Sampler.EULER, 1, 1),
                    Optional.empty());
            assertThatThrownBy(() -> backend.generate(odd, new Listener(new ArrayList<>()), (index, image) -> {}))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("pebble, prompt pr-1: image width: expected a multiple of 16 in [16, 512], found 65");
        }
    }

    private static BackendSettings settings(String runtime, String precision) {
        return settings("2", runtime, precision);
    }

    private static BackendSettings settings(String version, String runtime, String precision) {
        return new BackendSettings(new BackendSettings.Model("pebble", version), runtime, precision, OptionValues.NONE);
    }

    private static ImageRequest request(int batchSize, Integer... images) {
        return new ImageRequest(
                new PromptId("pr-1"),
                "a red bottle on a blue background",
                "",
                64,
                64,
                7,
                List.of(images),
                batchSize,
                new SamplingSettings(Sampler.EULER, 2, 4),
                Optional.empty());
    }

    private record Listener(List<String> heard) implements PhaseObserver {
        @Override
        public void enter(Phase phase, int batch) {
            heard.add(phase.id() + " " + batch);
        }

        @Override
        public void step(int batch, int step) {
            heard.add("step " + batch + "." + step);
        }
    }
}
