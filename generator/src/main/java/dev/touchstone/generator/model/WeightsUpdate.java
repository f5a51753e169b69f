package dev.touchstone.generator.model;

import dev.touchstone.generator.runtime.Network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An update of trained weights, a tenth of their size: low-rank differences of the large matrices (Hu et al. 2021, "LoRA:
 * low-rank adaptation of large language models", arXiv 2106.09685) and new values of everything else. Training writes it
 * ({@code generator/training/update.py}).
 *
 * <p>Matrix {@code m} [rows, columns] of the base becomes {@code m + m.up' m.down}, with {@code m.up} [rank, rows] and
 * {@code m.down} [rank, columns]; any other tensor is taken as it is. A tensor with a {@code .scale} beside it is whole
 * numbers times the scale of their index on the first axis.
 */
final class WeightsUpdate {

    private static final String FORMAT = "pebble-2-update";
    private static final String UP = ".up";
    private static final String DOWN = ".down";
    private static final String SCALE = ".scale";

    private final String source;
    private final SafetensorsFile file;
    private final SortedMap<String, Parameter> tensors;
    private final List<String> problems = new ArrayList<>();

    private WeightsUpdate(String source, SafetensorsFile file, SortedMap<String, Parameter> base) {
        this.source = source;
        this.file = file;
        this.tensors = new TreeMap<>(base);
    }

    /**
     * The tensors of the base with the update's changes.
     *
     * @param baseDigest SHA-256 of the base's file, which the update names
     * @throws WeightsException with all problems if the update is damaged or of other weights
     */
    static SortedMap<String, Parameter> apply(
            byte[] update, String source, SortedMap<String, Parameter> base, String baseDigest) {
        SafetensorsFile file = SafetensorsFile.parse(update, source);
        String format = file.metadata().getOrDefault("format", "none");
        if (!format.equals(FORMAT)) {
            throw new WeightsException(source + ": expected format " + FORMAT + ", found " + format);
        }
        String meant = file.metadata().getOrDefault("base", "none");
        if (!meant.equals(baseDigest)) {
            throw new WeightsException(
                    source + ": expected an update of weights " + baseDigest + ", found one of " + meant);
        }
        WeightsUpdate changes = new WeightsUpdate(source, file, base);
        changes.apply();
        if (!changes.problems.isEmpty()) {
            throw new WeightsException(String.join("\n", changes.problems));
        }
        return changes.tensors;
    }

    private void apply() {
        for (Map.Entry<String, Parameter> entry : file.tensors().entrySet()) {
            String name = entry.getKey();
            String owner = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (name.endsWith(SCALE) && file.tensors().containsKey(owner)) {
                continue;
            }
            if (tensors.containsKey(name)) {
                replace(name, entry.getValue());
            } else if (name.endsWith(UP) && tensors.containsKey(owner)) {
                add(owner);
            } else if (!name.endsWith(DOWN) || !file.tensors().containsKey(owner + UP)) {
                problem(name, "expected a tensor of the base or a factor of one, found neither");
            }
        }
    }

    private void replace(String name, Parameter value) {
        List<Integer> shape = tensors.get(name).shape();
        if (value.shape().equals(shape)) {
            tensors.put(name, new Parameter(shape, scaled(name, value)));
        } else {
            problem(name, "expected shape " + shape + ", found " + value.shape());
        }
    }

    private void add(String name) {
        Parameter matrix = tensors.get(name);
        Parameter up = file.tensors().get(name + UP);
        Parameter down = file.tensors().get(name + DOWN);
        if (down == null) {
            problem(name + UP, "expected " + name + DOWN + " beside it, found none");
            return;
        }
        int rank = down.shape().isEmpty() ? 0 : down.shape().get(0);
        if (matrix.shape().size() != 2
                || !up.shape().equals(List.of(rank, matrix.shape().get(0)))
                || !down.shape().equals(List.of(rank, matrix.shape().get(1)))) {
            problem(
                    name,
                    "expected factors of a matrix " + matrix.shape() + ", found " + up.shape() + " and "
                            + down.shape());
            return;
        }
        float[] left = scaled(name + UP, up);
        float[] right = scaled(name + DOWN, down);
        float[] sum = matrix.values().clone();
        int rows = matrix.shape().get(0);
        int columns = matrix.shape().get(1);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < rank; k++) {
                float factor = left[k * rows + i];
                for (int j = 0; j < columns; j++) {
                    sum[i * columns + j] += factor * right[k * columns + j];
                }
            }
        }
        tensors.put(name, new Parameter(matrix.shape(), sum));
    }

    private float[] scaled(String name, Parameter value) {
        Parameter scale = file.tensors().get(name + SCALE);
        if (scale == null) {
            return value.values();
        }
        int rows = value.shape().get(0);
        if (!scale.shape().equals(List.of(rows))) {
            problem(name + SCALE, "expected shape [" + rows + "], found " + scale.shape());
            return value.values();
        }
        float[] values = value.values().clone();
        int stride = values.length / rows;
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale.values()[i / stride];
        }
        return values;
    }

    private void problem(String name, String text) {
        problems.add(source + ": tensor \"" + name + "\": " + text);
    }
}
