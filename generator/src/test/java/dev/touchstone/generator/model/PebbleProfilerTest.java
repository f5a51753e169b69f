package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.generator.runtime.Precision;
import dev.touchstone.generator.runtime.RuntimeSettings;
import dev.touchstone.generator.runtime.onnxruntime.OnnxRuntimeProvider;
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
            assertThat(component.weightBytes()).isPositive();
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

    /** By hand for width 32, 2 heads, 2 layers, 8 text tokens, 8 decoder channels, 64 x 64 px (64 patches, 1,024 cells). */
    @Test
    void operationsFollowFromTheSizes() {
        PebbleFlops flops = new PebbleFlops(TinyPebble.weights().config());
        Geometry geometry = new Geometry(64, 64);
        assertThat(flops.textEncoder())
                .isEqualTo(2 * (2 * 8 * 12 * 32 * 32 + 4 * 8 * 8 * 32) + 2 * 2 * 8 * 2 * 32 * 65);
        assertThat(flops.flowTransformer(geometry))
                .isEqualTo(2 * (2 * 64 * 12 * 32 * 32 + 4 * 64 * 32 * (64 + 2 * 8)) + 2 * 2 * 64 * 192 * 32);
        assertThat(flops.decoder(geometry)).isEqualTo(2 * 1024 * 9 * (2 * 12 * 8 + 2 * 8 * 8));
    }

    private static PebbleProfile profile(PebbleWeights weights, Precision precision) {
        return new PebbleProfiler(new OnnxRuntimeProvider(), new RuntimeSettings(1, precision), 1)
                .measure(weights, 64, 64, 1);
    }

    private static long bytes(PebbleProfile profile) {
        return profile.components().stream()
                .mapToLong(ComponentProfile::weightBytes)
                .sum();
    }
}
