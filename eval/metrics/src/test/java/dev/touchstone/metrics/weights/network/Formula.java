package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightTensor;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weights and images by formula, the same numbers here and in {@code .ci/reference/formula.py}. */
public final class Formula {

    private Formula() {}

    /** 24-bit uniforms in [0, 1): SplitMix64 of FNV-1a(name) and the index. */
    static double[] uniform(String name, int count) {
        long seed = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            seed = (seed ^ b & 0xff) * 0x100000001b3L;
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long z = seed + (i + 1) * 0x9e3779b97f4a7c15L;
            z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            values[i] = ((z ^ z >>> 31) >>> 40) / (double) (1 << 24);
        }
        return values;
    }

    public static WeightTensor tensor(String name, List<Integer> shape) {
        int count = shape.stream().reduce(1, Math::multiplyExact);
        double[] u = uniform(name, count);
        double fanIn = (double) count / shape.get(0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double value;
            if (name.endsWith("running_var")) {
                value = 0.5 + u[i];
            } else if (name.endsWith("bn.weight")) {
                value = 0.8 + 0.4 * u[i];
            } else if (shape.size() == 1) {
                value = 0.2 * (u[i] - 0.5);
            } else if (name.startsWith("lin")) {
                value = u[i];
            } else {
                value = (2 * u[i] - 1) * Math.sqrt(6.0 / fanIn);
            }
            values[i] = (float) value;
        }
        return new WeightTensor(shape, values);
    }

    public static StateDict stateDict(Map<String, List<Integer>> shapes) {
        Map<String, StateDict.Entry> entries = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> entries.put(
                name, new StateDict.Entry(shape, () -> tensor(name, shape).values())));
        return new StateDict("formula", entries);
    }

    /** An 8-bit picture: waves of the index's own direction and a little noise. */
    public static RgbImage image(int index, int width, int height) {
        double[] noise = uniform("image-" + index, width * height * 3);
        byte[] rgb = new byte[noise.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    int at = (y * width + x) * 3 + c;
                    int wave = (x * (3 + index % 5 + c) + y * (2 + index % 7) + index * 31 + c * 40) % 256;
                    int level = Math.abs(wave - 128) * 2 * 3 / 4 + (int) (noise[at] * 64);
                    rgb[at] = (byte) Math.min(255, level);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    public static List<RgbImage> images(int first, int count, int width, int height) {
        return java.util.stream.IntStream.range(first, first + count)
                .mapToObj(i -> image(i, width, height))
                .toList();
    }
}
