package dev.touchstone.metrics.runtime;

import dev.touchstone.metrics.engine.Whole;
import dev.touchstone.metrics.runtime.Network.Builder;
import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Network.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a runtime convolves and multiplies as plain Java does, at sizes that fill vectors and at sizes that do not. All values are
 * small whole numbers, so right results are whole numbers below 2^24, which sums of floats give exactly in any order: an error is at
 * least 1, and {@value #BOUND} is granted to convolutions that transform their input. In 8 bits the scales are 1, and no two
 * neighbouring products exceed 16 bits, which processors without VNNI would clip.
 */
public final class RuntimeCheck {

    private static final double BOUND = .25;

    private final Whole whole = new Whole(0x73746f6e65L);
    private final List<String> faults = new ArrayList<>();
    private final Loader loader;

    private RuntimeCheck(Loader loader) {
        this.loader = loader;
    }

    /** Builds a network. */
    public interface Loader {
        TensorRuntime load(Network network, RuntimeSettings settings);
    }

    /** One sentence per network that is wrong; empty if all are right. */
    public static List<String> faults(Loader loader, Set<Precision> precisions) {
        RuntimeCheck check = new RuntimeCheck(loader);
        check.convolutions();
        check.products();
        if (precisions.contains(Precision.INT8)) {
            check.eightBits();
        }
        return check.faults;
    }

    private void convolutions() {
        Case it = new Case("convolution", Precision.FP32);
        float[] wide = it.input("wide", values(2 * 16 * 9 * 11, 4), 2, 16, 9, 11);
        float[] odd = it.input("odd", values(3 * 17 * 17, 4), 1, 3, 17, 17);
        convolution(it, "wide", wide, new int[] {2, 16, 9, 11}, 24, 3);
        convolution(it, "wide", wide, new int[] {2, 16, 9, 11}, 33, 1);
        convolution(it, "odd", odd, new int[] {1, 3, 17, 17}, 17, 5);
        it.run();
    }

    private void convolution(Case it, String name, float[] x, int[] shape, int out, int side) {
        int in = shape[1];
        float[] weight = values(out * in * side * side, 4);
        float[] bias = values(out, 4);
        String output = "convolution-" + side;
        String w = it.builder.parameter(output + ".weight", new Parameter(List.of(out, in, side, side), weight));
        String b = it.builder.parameter(output + ".bias", new Parameter(List.of(out), bias));
        it.builder.add(new Operation.Convolution(output, name, w, b));
        it.output(output, convolved(x, shape, weight, bias, out, side), shape[0], out, shape[2], shape[3]);
    }

    private static float[] convolved(float[] x, int[] shape, float[] weight, float[] bias, int out, int side) {
        int in = shape[1];
        int rows = shape[2];
        int columns = shape[3];
        float[] y = new float[shape[0] * out * rows * columns];
        for (int at = 0; at < shape[0] * out; at++) {
            int channel = at % out;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    float sum = bias[channel];
                    for (int i = 0; i < in; i++) {
                        for (int v = Math.max(0, side / 2 - row); v < Math.min(side, rows + side / 2 - row); v++) {
                            int line = ((at / out * in + i) * rows + row + v - side / 2) * columns + column - side / 2;
                            int kernel = ((channel * in + i) * side + v) * side;
                            int last = Math.min(side, columns + side / 2 - column);
                            for (int h = Math.max(0, side / 2 - column); h < last; h++) {
                                sum += x[line + h] * weight[kernel + h];
                            }
                        }
                    }
                    y[(at * rows + row) * columns + column] = sum;
                }
            }
        }
        return y;
    }

    private void products() {
        Case it = new Case("matrix product", Precision.FP32);
        float[] rows = it.input("rows", values(37 * 65, 8), 37, 65);
        float[] left = it.input("left", values(3 * 33 * 48, 8), 3, 33, 48);
        float[] right = it.input("right", values(3 * 48 * 65, 8), 3, 48, 65);
        float[] other = it.input("other", values(3 * 16 * 48, 8), 3, 16, 48);
        linear(it, rows, 37, 65, values(130 * 65, 8), 130);
        it.builder.add(new Operation.Product("product", "left", "right"));
        it.output("product", multiplied(left, right, 3, 33, 48, 65, 65, 1), 3, 33, 65);
        it.builder.add(new Operation.ProductTransposed("transposed", "left", "other"));
        it.output("transposed", multiplied(left, other, 3, 33, 48, 16, 1, 48), 3, 33, 16);
        it.run();
    }

    private void eightBits() {
        Case it = new Case("product in 8 bits", Precision.INT8);
        float[] rows = new float[21 * 96];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i == 0 ? 0 : i == 1 ? 255 : whole.next(127) + 127;
        }
        it.input("rows", rows, 21, 96);
        float[] weight = values(66 * 96, 60);
        for (int channel = 0; channel < 66; channel++) {
            weight[channel * 96] = 127;
            weight[channel * 96 + 1] = 0;
        }
        linear(it, rows, 21, 96, weight, 66);
        it.run();
    }

    private void linear(Case it, float[] rows, int count, int in, float[] weight, int out) {
        float[] bias = values(out, 8);
        String w = it.builder.parameter("weight", new Parameter(List.of(out, in), weight));
        String b = it.builder.parameter("bias", new Parameter(List.of(out), bias));
        it.builder.add(new Operation.Linear("linear", "rows", w, b));
        float[] product = multiplied(rows, weight, 1, count, in, out, 1, in);
        for (int i = 0; i < product.length; i++) {
            product[i] += bias[i % out];
        }
        it.output("linear", product, count, out);
    }

    /** Of each group, {@code sum over k of left[row, k] * right[k * stepInner + column * stepColumn]}. */
    private static float[] multiplied(
            float[] left, float[] right, int groups, int rows, int inner, int columns, int stepInner, int stepColumn) {
        float[] product = new float[groups * rows * columns];
        for (int at = 0; at < product.length; at++) {
            int column = at % columns;
            int row = at / columns;
            int group = row / rows;
            float sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += left[row * inner + k] * right[group * inner * columns + k * stepInner + column * stepColumn];
            }
            product[at] = sum;
        }
        return product;
    }

    private float[] values(int count, int largest) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = whole.next(largest);
        }
        return values;
    }

    /** A network, what goes in and what must come out. */
    private final class Case {
        private final String subject;
        private final Precision precision;
        private final Builder builder;
        private final Map<String, Tensor> inputs = new LinkedHashMap<>();
        private final Map<String, Tensor.Floats> outputs = new LinkedHashMap<>();
        private final Map<String, float[]> expected = new LinkedHashMap<>();

        Case(String subject, Precision precision) {
            this.subject = subject;
            this.precision = precision;
            builder = new Builder("self-check of " + subject);
        }

        float[] input(String name, float[] values, Integer... shape) {
            builder.input(
                    name,
                    Type.FLOAT,
                    java.util.Arrays.stream(shape).mapToInt(i -> i).toArray());
            inputs.put(name, Tensor.Floats.of(values, shape));
            return values;
        }

        void output(String name, float[] values, Integer... shape) {
            builder.output(name);
            outputs.put(name, Tensor.Floats.zeros(shape));
            expected.put(name, values);
        }

        void run() {
            try (TensorRuntime runtime = loader.load(builder.build(), new RuntimeSettings(1, precision))) {
                runtime.run(inputs, outputs);
            } catch (TensorRuntimeException e) {
                faults.add("a " + subject + " that does not run (" + e.getMessage() + ")");
                return;
            }
            for (Map.Entry<String, float[]> output : expected.entrySet()) {
                float[] found = outputs.get(output.getKey()).toArray();
                for (int i = 0; i < found.length; i++) {
                    if (!(Math.abs(found[i] - output.getValue()[i]) <= BOUND)) {
                        faults.add("a wrong " + subject + " (" + found[i] + " for " + output.getValue()[i] + " in "
                                + output.getKey() + ")");
                        return;
                    }
                }
            }
        }
    }
}
