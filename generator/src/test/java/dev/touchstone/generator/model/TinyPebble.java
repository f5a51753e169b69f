package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tiny model of {@code .ci/reference/pebble.py}: its weights come from a formula, not from a file. */
final class TinyPebble {

    static final List<String> WORDS = List.of("a", "the", "red", "blue", "bottle", "house", "left", "right", "on");

    private TinyPebble() {}

    static PebbleWeights weights() {
        PebbleConfig config = new PebbleConfig(3 + WORDS.size(), 32, 2, 2, 2, 8, 8, 12, 10, 6);
        SortedMap<String, Parameter> tensors = new TreeMap<>();
        int index = 0;
        for (Map.Entry<String, List<Integer>> entry : PebbleShapes.of(config).entrySet()) {
            tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), index++));
        }
        return new PebbleWeights(config, WORDS, tensors, "0".repeat(64));
    }

    private static Parameter tensor(String name, List<Integer> shape, int salt) {
        int size = shape.stream().reduce(1, Math::multiplyExact);
        float scale = shape.size() > 1 ? (float) (1 / Math.sqrt(size / shape.get(0))) : 0.3f;
        if (name.contains("table") || name.contains("place")) {
            scale = 0.3f;
        }
        float base = name.endsWith("weight") && shape.size() == 1 ? 1 : 0;
        float[] values = fractions(size, salt);
        for (int i = 0; i < size; i++) {
            values[i] = base + scale * values[i];
        }
        return new Parameter(shape, values);
    }

    /** Fractions of a linear congruence, [-1, 1). */
    static float[] fractions(int count, int salt) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i * 40503L + salt * 9973L) % 65536 / 32768f - 1;
        }
        return values;
    }
}
