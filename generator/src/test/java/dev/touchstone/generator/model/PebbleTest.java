package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.TensorRuntime;
import dev.touchstone.metrics.runtime.nd4j.Nd4jRuntimeProvider;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxRuntimeProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PebbleTest {

    private static final Sampling GUIDED = new Sampling(Sampling.Method.EULER, 3, 3);

    @Test
    void runtimesDrawTheSamePixels() {
        try (Pebble onnx = pebble(new OnnxRuntimeProvider(), Precision.FP32);
                Pebble nd4j = pebble(new Nd4jRuntimeProvider(), Precision.FP32)) {
            for (int[] size : new int[][] {{64, 64}, {96, 96}, {64, 80}}) {
                for (Sampling.Method method : Sampling.Method.values()) {
                    PebbleBatch batch = batch(size[0], size[1], new Sampling(method, 2, 3), Optional.empty(), 0, 1);
                    List<RgbImage> expected = draw(onnx, batch);
                    List<RgbImage> found = draw(nd4j, batch);
                    for (int i = 0; i < expected.size(); i++) {
                        assertThat(largestDifference(expected.get(i), found.get(i)))
                                .as("%s, %d x %d, image %d", method, size[0], size[1], i)
                                .isLessThanOrEqualTo(2);
                    }
                }
            }
        }
    }

    @Test
    void runtimesDrawTheSamePixelsFromTheShippedWeights() {
        RuntimeSettings settings = RuntimeSettings.ofMachine(Precision.FP32);
        try (Pebble onnx = Pebble.shipped(new OnnxRuntimeProvider(), settings);
                Pebble nd4j = Pebble.shipped(new Nd4jRuntimeProvider(), settings)) {
            for (Sampling.Method method : Sampling.Method.values()) {
                PebbleBatch batch = batch(64, 64, new Sampling(method, 4, 4), Optional.empty(), 0, 1);
                List<RgbImage> expected = draw(onnx, batch);
                List<RgbImage> found = draw(nd4j, batch);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(largestDifference(expected.get(i), found.get(i)))
                            .as("%s, image %d", method, i)
                            .isLessThanOrEqualTo(2);
                }
            }
        }
    }

    @Test
    void anImageDoesNotDependOnItsNeighboursInTheBatch() {
        try (Pebble pebble = pebble(new OnnxRuntimeProvider(), Precision.FP32)) {
            List<RgbImage> together = draw(pebble, batch(64, 64, GUIDED, Optional.empty(), 4, 9, 2, 7, 0));
            for (int i = 0; i < together.size(); i++) {
                int index = List.of(4, 9, 2, 7, 0).get(i);
                RgbImage alone = draw(pebble, batch(64, 64, GUIDED, Optional.empty(), index))
                        .get(0);
                assertThat(largestDifference(alone, together.get(i)))
                        .as("image %d", index)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void guidanceOfOneIsThePredictionForTheWantedPrompt() {
        try (Pebble pebble = pebble(new OnnxRuntimeProvider(), Precision.FP32)) {
            RgbImage without = draw(
                            pebble, batch(64, 64, new Sampling(Sampling.Method.EULER, 3, 1), Optional.empty(), 0))
                    .get(0);
            RgbImage almost = draw(
                            pebble,
                            batch(64, 64, new Sampling(Sampling.Method.EULER, 3, 1.000001), Optional.empty(), 0))
                    .get(0);
            RgbImage guided =
                    draw(pebble, batch(64, 64, GUIDED, Optional.empty(), 0)).get(0);
            assertThat(largestDifference(without, almost)).isLessThanOrEqualTo(1);
            assertThat(largestDifference(without, guided)).isGreaterThan(1);
        }
    }

    @Test
    void anEditLeavesEverythingOutsideTheMaskAlone() {
        RgbImage input = pattern(64, 64);
        RgbImage mask = mask(64, 64);
        try (Pebble pebble = pebble(new OnnxRuntimeProvider(), Precision.FP32)) {
            Edit edit = new Edit(input, Optional.of(mask), 0.9);
            RgbImage edited =
                    draw(pebble, batch(64, 64, GUIDED, Optional.of(edit), 0)).get(0);
            int changed = 0;
            for (int i = 0; i < edited.rgb().length; i++) {
                if (mask.rgb()[i] == 0) {
                    assertThat(edited.rgb()[i]).as("value %d", i).isEqualTo(input.rgb()[i]);
                } else if (edited.rgb()[i] != input.rgb()[i]) {
                    changed++;
                }
            }
            assertThat(changed).isPositive();
        }
    }

    @Test
    void aVariationStartsFromItsNoisedInput() {
        Geometry geometry = new Geometry(64, 64, 8);
        Optional<Edit> weak = Optional.of(new Edit(pattern(64, 64), Optional.empty(), 0.25));
        Optional<Edit> full = Optional.of(new Edit(pattern(64, 64), Optional.empty(), 1));
        PictureNetworks networks = new PictureNetworks(TinyPebble.weights());
        RuntimeSettings settings = RuntimeSettings.ofMachine(Precision.FP32);
        RuntimeProvider onnx = new OnnxRuntimeProvider();
        try (TensorRuntime decoder = onnx.load(networks.decoder(), settings);
                TensorRuntime encoder = onnx.load(networks.encoder(), settings);
                PictureCodec codec = new PictureCodec(decoder, () -> encoder, geometry, 2)) {
            float[] noise = TinyPebble.fractions(2 * geometry.cells, 3);
            float[] pixels = Geometry.toPixels(pattern(64, 64));
            float[] twice = Arrays.copyOf(pixels, 2 * pixels.length);
            System.arraycopy(pixels, 0, twice, pixels.length, pixels.length);
            float[] clean = codec.encode(twice);
            float[] start = new EditedFlow(weak.get(), codec).start(noise, 2);
            for (int i = 0; i < start.length; i++) {
                assertThat(start[i]).as("value %d", i).isCloseTo(0.75f * clean[i] + 0.25f * noise[i], within(1e-6f));
            }
        }
        try (Pebble pebble = pebble(onnx, Precision.FP32)) {
            RgbImage plain =
                    draw(pebble, batch(64, 64, GUIDED, Optional.empty(), 0)).get(0);
            RgbImage strong = draw(pebble, batch(64, 64, GUIDED, full, 0)).get(0);
            RgbImage near = draw(pebble, batch(64, 64, GUIDED, weak, 0)).get(0);
            assertThat(largestDifference(strong, plain)).isZero();
            assertThat(largestDifference(near, plain)).isGreaterThan(1);
        }
    }

    @Test
    void whatAnEditKnowsGoesIntoEveryPrediction() {
        Geometry geometry = new Geometry(64, 64, 8);
        RgbImage input = pattern(64, 64);
        PictureNetworks networks = new PictureNetworks(TinyPebble.weights());
        RuntimeSettings settings = RuntimeSettings.ofMachine(Precision.FP32);
        RuntimeProvider onnx = new OnnxRuntimeProvider();
        try (TensorRuntime decoder = onnx.load(networks.decoder(), settings);
                TensorRuntime encoder = onnx.load(networks.encoder(), settings);
                PictureCodec codec = new PictureCodec(decoder, () -> encoder, geometry, 1)) {
            float[] prediction = TinyPebble.fractions(geometry.cells, 3);
            Edit nothing = new Edit(input, Optional.of(new RgbImage(64, 64, new byte[64 * 64 * 3])), 1);
            assertThat(new EditedFlow(nothing, codec).known(prediction))
                    .containsExactly(codec.encode(Geometry.toPixels(input)));
            float[] pixels = codec.decode(prediction);
            float[] inputPixels = Geometry.toPixels(input);
            RgbImage mask = mask(64, 64);
            Edit part = new Edit(input, Optional.of(mask), 1);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = mask.rgb()[i] == 0 ? inputPixels[i] : Math.min(1, Math.max(-1, pixels[i]));
            }
            assertThat(new EditedFlow(part, codec).known(prediction)).containsExactly(codec.encode(pixels));
            Edit variation = new Edit(input, Optional.empty(), 1);
            assertThat(new EditedFlow(variation, codec).known(prediction)).isSameAs(prediction);
        }
    }

    @Test
    void eightBitsStayCloseToThirtyTwo() {
        try (Pebble exact = pebble(new OnnxRuntimeProvider(), Precision.FP32);
                Pebble rounded = pebble(new OnnxRuntimeProvider(), Precision.INT8)) {
            PebbleBatch batch = batch(64, 64, GUIDED, Optional.empty(), 0);
            RgbImage a = draw(exact, batch).get(0);
            RgbImage b = draw(rounded, batch).get(0);
            double sum = 0;
            for (int i = 0; i < a.rgb().length; i++) {
                sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
            }
            assertThat(sum / a.rgb().length).isPositive().isLessThan(6);
        }
    }

    private static Pebble pebble(RuntimeProvider runtime, Precision precision) {
        return Pebble.load(TinyPebble.weights(), runtime, RuntimeSettings.ofMachine(precision));
    }

    private static PebbleBatch batch(int width, int height, Sampling sampling, Optional<Edit> edit, Integer... images) {
        return new PebbleBatch(width, height, 11, "pr-001", List.of(images), sampling, edit);
    }

    private static List<RgbImage> draw(Pebble pebble, PebbleBatch batch) {
        pebble.encode("a red bottle on the left", "blue", batch.sampling());
        return pebble.decode(pebble.sample(batch, step -> {}));
    }

    private static int largestDifference(RgbImage a, RgbImage b) {
        int largest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff)));
        }
        return largest;
    }

    private static float[] scaled(float[] values, float by) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] *= by;
        }
        return result;
    }

    private static RgbImage pattern(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 31 % 251);
        }
        return new RgbImage(width, height, rgb);
    }

    /** White in a rectangle whose sides do not fall on cells. */
    private static RgbImage mask(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            rgb[i] = (byte) (x >= 13 && x < 42 && y >= 5 && y < 30 ? 255 : 0);
        }
        return new RgbImage(width, height, rgb);
    }
}
