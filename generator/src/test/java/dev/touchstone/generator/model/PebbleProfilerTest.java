package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxRuntimeProvider;
import org.junit.jupiter.api.Test;

class PebbleProfilerTest {

    @Test
    void everyParameterIsCountedOnce() {
        PebbleWeights weights = TinyPebble.weights();
        PebbleProfile profile = profile(weights, Precision.FP32);
        long expected = weights.tensors().values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
        long counted = profile.components().stream()
                .mapToLong(ComponentProfile::parameters)
                .sum();
        assertThat(counted).isEqualTo(expected);
        assertThat(profile.components()).allSatisfy(component -> {
            assertThat(component.weightBytes()).isEqualTo(2 * component.parameters());
            assertThat(component.unitsPerSecond()).isPositive();
            assertThat(component.gigaflopsPerSecond())
                    .isCloseTo(component.flopsPerUnit() * component.unitsPerSecond() / 1e9, within(1e-9));
        });
    }

    @Test
    void eightBitWeightsAreSmaller() {
        long exact = bytes(profile(TinyPebble.weights(), Precision.FP32));
        long rounded = bytes(profile(TinyPebble.weights(), Precision.INT8));
        assertThat(rounded).isLessThan(exact * 3 / 4);
    }

    /** By hand for width 32, 2 heads, 2 layers, 8 text tokens, 8 latents, 12 coarse, 10 middle, 6 fine channels, 64 x 80 px. */
    @Test
    void operationsFollowFromTheSizes() {
        PebbleWeights weights = TinyPebble.weights();
        PebbleFlops flops = new PebbleFlops(weights.config());
        Geometry geometry = new Geometry(64, 80, 8);
        assertThat(flops.textEncoder())
                .isEqualTo(2 * (2 * 8 * 12 * 32 * 32 + 4 * 8 * 8 * 32) + 2 * 2 * 8 * 2 * 32 * 65);
        assertThat(flops.flowTransformer(geometry))
                .isEqualTo(2 * (2 * 20 * 12 * 32 * 32 + 4 * 20 * 32 * (20 + 2 * 8)) + 2 * 2 * 20 * 8 * 32);
        // Places of 8 x 8, 4 x 4 and 2 x 2 pixels: 80, 320 and 1,280.
        PictureNetworks networks = new PictureNetworks(weights);
        assertThat(PebbleFlops.convolutions(networks.decoder(), 16, geometry))
                .isEqualTo(2 * 80 * (9 * 2 * 12 + 2 * 9 * 12 * 12 + 12 * 40)
                        + 2 * 320 * (3 * 9 * 10 * 10 + 10 * 24)
                        + 2 * 1280 * (2 * 9 * 6 * 6 + 9 * 6 * 12));
        assertThat(PebbleFlops.convolutions(networks.encoder(), 1, geometry))
                .isEqualTo(2 * 320 * (9 * 48 * 10 + 2 * 9 * 10 * 10) + 2 * 80 * (40 * 12 + 2 * 9 * 12 * 12 + 12 * 2));
    }

    private static PebbleProfile profile(PebbleWeights weights, Precision precision) {
        return new PebbleProfiler(new OnnxRuntimeProvider(), new RuntimeSettings(1, precision), 1)
                .measure(weights, 64, 64, 1);
    }

    private static long bytes(PebbleProfile profile) {
        return profile.components().stream()
                .mapToLong(ComponentProfile::residentBytes)
                .sum();
    }
}
