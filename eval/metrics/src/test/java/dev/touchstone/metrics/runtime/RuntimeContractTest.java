package dev.touchstone.metrics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Network.Type;
import dev.touchstone.metrics.runtime.Operation.Extent;
import dev.touchstone.metrics.runtime.Operation.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on every registered runtime, against sums written out in Java. */
class RuntimeContractTest {

    private static final int GROUPS = 2;
    private static final int ROWS = 3;
    private static final int WIDTH = 8;
    private static final int HEADS = 2;

    static Stream<RuntimeProvider> runtimes() {
        return ServiceLoader.load(RuntimeProvider.class).stream().map(ServiceLoader.Provider::get);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void linearLayersMultiplyByTheTransposedWeight(RuntimeProvider runtime) {
        float[] x = values(GROUPS * ROWS * WIDTH, 1);
        float[] weight = values(5 * WIDTH, 2);
        float[] bias = values(5, 3);
        float[] expected = new float[GROUPS * ROWS * 5];
        for (int i = 0; i < expected.length; i++) {
            double sum = bias[i % 5];
            for (int k = 0; k < WIDTH; k++) {
                sum += x[i / 5 * WIDTH + k] * weight[i % 5 * WIDTH + k];
            }
            expected[i] = (float) sum;
        }
        float[] found = run(
                runtime,
                expected.length,
                net -> {
                    net.parameter("w", new Parameter(List.of(5, WIDTH), weight));
                    net.parameter("b", new Parameter(List.of(5), bias));
                    net.input("x", Type.FLOAT, -1, -1, WIDTH);
                    net.add(new Operation.Linear("y", "x", "w", "b"));
                },
                Map.of("x", Tensor.Floats.of(x, GROUPS, ROWS, WIDTH)),
                GROUPS,
                ROWS,
                5);
        assertClose(found, expected);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void layerNormTakesAScalePerFeatureOrPerGroup(RuntimeProvider runtime) {
        float[] x = values(GROUPS * ROWS * WIDTH, 1);
        float[] scale = values(GROUPS * WIDTH, 2);
        float[] shift = values(GROUPS * WIDTH, 3);
        for (int groups : new int[] {1, GROUPS}) {
            float[] expected = new float[x.length];
            for (int row = 0; row < GROUPS * ROWS; row++) {
                normalize(x, expected, row, scale, shift, row / ROWS % groups);
            }
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            inputs.put("x", Tensor.Floats.of(x, GROUPS, ROWS, WIDTH));
            if (groups == GROUPS) {
                inputs.put("scale", Tensor.Floats.of(scale, GROUPS, 1, WIDTH));
                inputs.put("shift", Tensor.Floats.of(shift, GROUPS, 1, WIDTH));
            }
            float[] found = run(
                    runtime,
                    expected.length,
                    net -> {
                        net.input("x", Type.FLOAT, -1, -1, WIDTH);
                        if (inputs.size() == 1) {
                            net.parameter("scale", new Parameter(List.of(WIDTH), first(scale)));
                            net.parameter("shift", new Parameter(List.of(WIDTH), first(shift)));
                        } else {
                            net.input("scale", Type.FLOAT, -1, 1, WIDTH);
                            net.input("shift", Type.FLOAT, -1, 1, WIDTH);
                        }
                        net.add(new Operation.LayerNorm("y", "x", "scale", "shift"));
                    },
                    inputs,
                    GROUPS,
                    ROWS,
                    WIDTH);
            assertClose(found, expected);
        }
    }

    private static void normalize(float[] x, float[] y, int row, float[] scale, float[] shift, int group) {
        double mean = 0;
        double variance = 0;
        for (int k = 0; k < WIDTH; k++) {
            mean += x[row * WIDTH + k] / (double) WIDTH;
        }
        for (int k = 0; k < WIDTH; k++) {
            variance += Math.pow(x[row * WIDTH + k] - mean, 2) / WIDTH;
        }
        for (int k = 0; k < WIDTH; k++) {
            double plain = (x[row * WIDTH + k] - mean) / Math.sqrt(variance + 1e-5);
            y[row * WIDTH + k] = (float) (plain * scale[group * WIDTH + k] + shift[group * WIDTH + k]);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void attentionMixesValuesHeadByHead(RuntimeProvider runtime) {
        int tokens = 4;
        float[] q = values(GROUPS * ROWS * WIDTH, 1);
        float[] k = values(GROUPS * tokens * WIDTH, 2);
        float[] v = values(GROUPS * tokens * WIDTH, 3);
        float[] expected = attention(q, k, v, tokens);
        Map<String, Tensor> inputs = Map.of(
                "q", Tensor.Floats.of(q, GROUPS, ROWS, WIDTH),
                "k", Tensor.Floats.of(k, GROUPS, tokens, WIDTH),
                "v", Tensor.Floats.of(v, GROUPS, tokens, WIDTH));
        float[] found = run(
                runtime,
                expected.length,
                net -> {
                    net.input("q", Type.FLOAT, -1, -1, WIDTH);
                    net.input("k", Type.FLOAT, -1, -1, WIDTH);
                    net.input("v", Type.FLOAT, -1, -1, WIDTH);
                    net.add(new Operation.Attention("y", "q", "k", "v", HEADS));
                },
                inputs,
                GROUPS,
                ROWS,
                WIDTH);
        assertClose(found, expected);
    }

    private static float[] attention(float[] q, float[] k, float[] v, int tokens) {
        int depth = WIDTH / HEADS;
        float[] mixed = new float[q.length];
        for (int row = 0; row < GROUPS * ROWS; row++) {
            for (int head = 0; head < HEADS; head++) {
                double[] weights = new double[tokens];
                double total = 0;
                for (int token = 0; token < tokens; token++) {
                    int at = ((row / ROWS) * tokens + token) * WIDTH + head * depth;
                    double dot = 0;
                    for (int d = 0; d < depth; d++) {
                        dot += q[row * WIDTH + head * depth + d] * k[at + d];
                    }
                    weights[token] = Math.exp(dot / Math.sqrt(depth));
                    total += weights[token];
                }
                for (int token = 0; token < tokens; token++) {
                    int at = ((row / ROWS) * tokens + token) * WIDTH + head * depth;
                    for (int d = 0; d < depth; d++) {
                        mixed[row * WIDTH + head * depth + d] += (float) (weights[token] / total * v[at + d]);
                    }
                }
            }
        }
        return mixed;
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void activationsAreComputedValueByValue(RuntimeProvider runtime) {
        float[] x = values(WIDTH * ROWS, 5);
        for (Function function : Function.values()) {
            float[] expected = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                expected[i] = switch (function) {
                    case SILU -> (float) (x[i] / (1 + Math.exp(-x[i])));
                    case RELU -> Math.max(x[i], 0);
                    case SQUARED_RELU -> Math.max(x[i], 0) * Math.max(x[i], 0);
                };
            }
            float[] found = run(
                    runtime,
                    x.length,
                    net -> {
                        net.input("x", Type.FLOAT, -1, WIDTH);
                        net.add(new Operation.Activation("y", "x", function));
                    },
                    Map.of("x", Tensor.Floats.of(x, ROWS, WIDTH)),
                    ROWS,
                    WIDTH);
            assertClose(found, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void convolutionsSeeABorderOfZeros(RuntimeProvider runtime) {
        int in = 2;
        int out = 3;
        int rows = 4;
        int columns = 5;
        for (int side : new int[] {1, 3, 5}) {
            float[] x = values(GROUPS * in * rows * columns, 1);
            float[] weight = values(out * in * side * side, 2);
            float[] bias = values(out, 3);
            float[] expected = new float[GROUPS * out * rows * columns];
            for (int i = 0; i < expected.length; i++) {
                int column = i % columns;
                int row = i / columns % rows;
                int channel = i / columns / rows % out;
                int image = i / columns / rows / out;
                double sum = bias[channel];
                int taps = side * side;
                for (int tap = 0; tap < in * taps; tap++) {
                    int y = row + tap % taps / side - side / 2;
                    int z = column + tap % side - side / 2;
                    if (y >= 0 && y < rows && z >= 0 && z < columns) {
                        sum += weight[channel * in * taps + tap]
                                * x[((image * in + tap / taps) * rows + y) * columns + z];
                    }
                }
                expected[i] = (float) sum;
            }
            float[] found = run(
                    runtime,
                    expected.length,
                    net -> {
                        net.parameter("w", new Parameter(List.of(out, in, side, side), weight));
                        net.parameter("b", new Parameter(List.of(out), bias));
                        net.input("x", Type.FLOAT, -1, in, -1, -1);
                        net.add(new Operation.Convolution("y", "x", "w", "b"));
                    },
                    Map.of("x", Tensor.Floats.of(x, GROUPS, in, rows, columns)),
                    GROUPS,
                    out,
                    rows,
                    columns);
            assertClose(found, expected);
        }
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void squaresOfPlacesBecomeChannelsAndPlacesAgain(RuntimeProvider runtime) {
        int channels = 3;
        int rows = 4;
        int columns = 6;
        int block = 2;
        float[] x = values(GROUPS * channels * rows * columns, 1);
        float[] deep = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int column = i % columns;
            int row = i / columns % rows;
            int channel = i / columns / rows % channels;
            int image = i / columns / rows / channels;
            int place = (row % block * block + column % block) * channels + channel;
            int at = (image * channels * block * block + place) * (rows / block) + row / block;
            deep[at * (columns / block) + column / block] = x[i];
        }
        Tensor.Floats wide = Tensor.Floats.of(x, GROUPS, channels, rows, columns);
        Tensor.Floats narrow = Tensor.Floats.of(deep, GROUPS, channels * 4, rows / block, columns / block);
        float[] toDepth = run(
                runtime,
                x.length,
                net -> {
                    net.input("x", Type.FLOAT, -1, channels, -1, -1);
                    net.add(new Operation.SpaceToDepth("y", "x", block));
                },
                Map.of("x", wide),
                narrow.shape().toArray(Integer[]::new));
        assertClose(toDepth, deep);
        float[] toSpace = run(
                runtime,
                x.length,
                net -> {
                    net.input("x", Type.FLOAT, -1, channels * 4, -1, -1);
                    net.add(new Operation.DepthToSpace("y", "x", block));
                },
                Map.of("x", narrow),
                wide.shape().toArray(Integer[]::new));
        assertClose(toSpace, x);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void productsAndSharesAreComputedGroupByGroup(RuntimeProvider runtime) {
        int columns = 4;
        float[] x = values(GROUPS * ROWS * WIDTH, 1);
        float[] a = values(GROUPS * columns * WIDTH, 2);
        float[] b = values(GROUPS * columns * WIDTH, 3);
        float[] expected = new float[x.length];
        for (int row = 0; row < GROUPS * ROWS; row++) {
            double[] shares = new double[columns];
            double total = 0;
            for (int column = 0; column < columns; column++) {
                double score = 0;
                for (int k = 0; k < WIDTH; k++) {
                    score += x[row * WIDTH + k] * a[(row / ROWS * columns + column) * WIDTH + k];
                }
                shares[column] = Math.exp(score);
                total += shares[column];
            }
            for (int k = 0; k < WIDTH; k++) {
                for (int column = 0; column < columns; column++) {
                    // The second matrix has its two heads side by side: [tokens, 2 * width], two tokens each.
                    int at = row / ROWS * columns * WIDTH + (column % 2 * 2 + column / 2) * WIDTH + k;
                    expected[row * WIDTH + k] += (float) (shares[column] / total * b[at]);
                }
            }
        }
        Map<String, Tensor> inputs = Map.of(
                "x", Tensor.Floats.of(x, GROUPS, ROWS, WIDTH),
                "a", Tensor.Floats.of(a, GROUPS, columns, WIDTH),
                "b", Tensor.Floats.of(b, GROUPS, columns / 2, 2 * WIDTH));
        float[] found = run(
                runtime,
                expected.length,
                net -> {
                    net.input("x", Type.FLOAT, -1, -1, WIDTH);
                    net.input("a", Type.FLOAT, -1, columns, WIDTH);
                    net.input("b", Type.FLOAT, -1, columns / 2, 2 * WIDTH);
                    net.add(new Operation.ProductTransposed("scores", "x", "a"));
                    net.add(new Operation.Softmax("shares", "scores"));
                    net.add(new Operation.HeadsFirst("turned", "b", 2));
                    net.add(new Operation.Product("y", "shares", "turned"));
                },
                inputs,
                GROUPS,
                ROWS,
                WIDTH);
        assertClose(found, expected);
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void piecesRowsAndGroupsKeepTheirPlaces(RuntimeProvider runtime) {
        float[] x = values(ROWS * 2 * WIDTH, 1);
        float[] table = values(4 * WIDTH, 2);
        int[] tokens = {3, 0, 1};
        List<Float> expected = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            for (int row = 0; row < ROWS; row++) {
                for (int k = 0; k < WIDTH; k++) {
                    float first = x[row * 2 * WIDTH + k];
                    float second = x[row * 2 * WIDTH + WIDTH + k];
                    expected.add(first * second + first + table[tokens[row] * WIDTH + k]);
                }
            }
        }
        Map<String, Tensor> inputs = Map.of(
                "x", Tensor.Floats.of(x, ROWS, 2 * WIDTH),
                "tokens", Tensor.Ints.of(tokens, ROWS, 1),
                "groups", Tensor.Floats.zeros(GROUPS, 1));
        float[] found = run(
                runtime,
                expected.size(),
                net -> {
                    net.input("x", Type.FLOAT, -1, 2 * WIDTH);
                    net.input("tokens", Type.INT, -1, 1);
                    net.input("groups", Type.FLOAT, -1, 1);
                    net.parameter("table", new Parameter(List.of(4, WIDTH), table));
                    net.add(new Operation.Reshape(
                            "cut", "x", List.of(new Extent.Rest(), new Extent.Fixed(2), new Extent.Fixed(WIDTH))));
                    net.add(new Operation.Split(List.of("a", "b"), "cut"));
                    net.add(new Operation.Multiply("ab", "a", "b"));
                    net.add(new Operation.First("first", "cut"));
                    net.add(new Operation.Embedding("rows", "tokens", "table"));
                    net.add(new Operation.Add("s", "ab", "rows"));
                    net.add(new Operation.Reshape(
                            "flat", "s", List.of(new Extent.Axis("x", 0), new Extent.Fixed(WIDTH))));
                    net.add(new Operation.Add("t", "flat", "first"));
                    net.add(new Operation.Repeat("z", "t", new Extent.Axis("groups", 0)));
                    // The groups' own values are zero: added, so that no runtime may drop the input.
                    net.add(new Operation.Reshape(
                            "zero", "groups", List.of(new Extent.Rest(), new Extent.Fixed(1), new Extent.Fixed(1))));
                    net.add(new Operation.Add("y", "z", "zero"));
                },
                inputs,
                GROUPS,
                ROWS,
                WIDTH);
        float[] wanted = new float[expected.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = expected.get(i);
        }
        assertClose(found, wanted);
    }

    private static float[] run(
            RuntimeProvider runtime,
            int size,
            Consumer<Network.Builder> layers,
            Map<String, Tensor> inputs,
            Integer... shape) {
        Network.Builder builder = new Network.Builder("test");
        layers.accept(builder);
        builder.output("y");
        Tensor.Floats y = Tensor.Floats.zeros(shape);
        assertThat(y.size()).isEqualTo(size);
        try (TensorRuntime network = runtime.load(builder.build(), RuntimeSettings.ofMachine(Precision.FP32))) {
            network.run(inputs, Map.of("y", y));
        }
        return y.toArray();
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("value %d", i).isCloseTo(expected[i], within(1e-5f));
        }
    }

    private static float[] first(float[] values) {
        return Arrays.copyOf(values, WIDTH);
    }

    /** Numbers in [-1.5, 1.5] without a pattern that could hide a swapped axis. */
    private static float[] values(int count, int salt) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = ((i * 40503L + salt * 9973L) % 65536) / 32768f * 1.5f - 1.5f;
        }
        return values;
    }
}
