package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An update of trained weights, a tenth of their size. Training writes it ({@code generator/training/update.py}). What it says
 * of a tensor {@code m} of the base, by the names of its own tensors:
 *
 * <ul>
 *   <li>{@code m.up} [rank, rows] and {@code m.down} [rank, columns]: {@code m} becomes {@code m + m.up' m.down} (Hu et al.
 *       2021, "LoRA: low-rank adaptation of large language models", arXiv 2106.09685);
 *   <li>{@code m.steps} [ceil(size / 5)]: each value of {@code m} grows by -1, 0 or 1 times the scale of its index on the
 *       first axis (Li et al. 2016, "Ternary weight networks", arXiv 1605.04711); a byte holds five steps, the first one
 *       counting 1, the next 3, 9, 27 and 81;
 *   <li>{@code m}: new values.
 * </ul>
 *
 * <p>A tensor with a {@code .scale} beside it is whole numbers times the scale of their index on the first axis.
 */
final class WeightsUpdate {

    private static final String FORMAT = "pebble-2-update";
    private static final String UP = ".up";
    private static final String DOWN = ".down";
    private static final String STEPS = ".steps";
    private static final String SCALE = ".scale";
    private static final int STEPS_PER_BYTE = 5;

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
            } else if (name.endsWith(STEPS) && tensors.containsKey(owner)) {
                step(owner, entry.getValue());
            } else if (!name.endsWith(DOWN) || !file.tensors().containsKey(owner + UP)) {
                problem(name, "expected a tensor of the base, or factors or steps of one, found neither");
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

    private void step(String name, Parameter packed) {
        Parameter tensor = tensors.get(name);
        float[] sum = tensor.values().clone();
        List<Integer> bytes = List.of((sum.length + STEPS_PER_BYTE - 1) / STEPS_PER_BYTE);
        if (!packed.shape().equals(bytes)) {
            problem(name + STEPS, "expected shape " + bytes + ", found " + packed.shape());
            return;
        }
        int rows = tensor.shape().get(0);
        Parameter scale = file.tensors().get(name + STEPS + SCALE);
        if (scale == null || !scale.shape().equals(List.of(rows))) {
            problem(
                    name + STEPS + SCALE,
                    "expected shape " + List.of(rows) + ", found " + (scale == null ? "none" : scale.shape()));
            return;
        }
        int stride = sum.length / rows;
        int rest = 0;
        for (int i = 0; i < sum.length; i++) {
            if (i % STEPS_PER_BYTE == 0) {
                rest = (int) packed.values()[i / STEPS_PER_BYTE];
            }
            int step = Math.floorMod(rest + 1, 3) - 1;
            rest = (rest - step) / 3;
            sum[i] += step * scale.values()[i / stride];
        }
        tensors.put(name, new Parameter(tensor.shape(), sum));
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
