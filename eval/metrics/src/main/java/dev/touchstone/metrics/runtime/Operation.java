package dev.touchstone.metrics.runtime;

import java.util.List;

/**
 * One step of a {@link Network}. Values and parameters are named; a value is written once. Shapes are row-major, and a
 * "row" is a vector along the last axis.
 */
public sealed interface Operation {

    /** Names of the values that the operation writes. */
    List<String> outputs();

    /** Names of the values and parameters that the operation reads, one entry per use. */
    List<String> inputs();

    /** An operation with one result. */
    sealed interface Single extends Operation {
        /** Name of the result. */
        String output();

        @Override
        default List<String> outputs() {
            return List.of(output());
        }
    }

    /** {@code input * weight^T + bias} on rows; parameter {@code weight} is [out, in], {@code bias} [out]. */
    record Linear(String output, String input, String weight, String bias) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input, weight, bias);
        }
    }

    /**
     * Rows to mean 0 and variance 1 (with 1e-5 added to it), then times scale plus shift. Scale and shift are two
     * parameters [width] or two values [groups, 1, width] for an input [groups, rows, width].
     */
    record LayerNorm(String output, String input, String scale, String shift) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input, scale, shift);
        }
    }

    /** Softmax attention over [batch, tokens, width], heads side by side in width, scaled by 1 / sqrt(width / heads). */
    record Attention(String output, String query, String key, String value, int heads) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(query, key, value);
        }
    }

    /** Matrix products {@code left * right^T} per group: [groups, rows, k] and [groups, columns, k]. */
    record ProductTransposed(String output, String left, String right) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Matrix products {@code left * right} per group: [groups, rows, k] and [groups, k, columns]. */
    record Product(String output, String left, String right) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Exponentials of a row over their sum. */
    record Softmax(String output, String input) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** [batch, tokens, heads * width] to [batch, heads * tokens, width]. */
    record HeadsFirst(String output, String input, int heads) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** A function of each value. */
    record Activation(String output, String input, Function function) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** What an activation does to a value. */
    enum Function {
        /** {@code x * sigmoid(x)}. */
        SILU,
        /** {@code max(x, 0)}. */
        RELU,
        /** {@code max(x, 0)^2}. */
        SQUARED_RELU
    }

    /** Sum of two values or parameters; axes of size 1 and missing leading axes are repeated. */
    record Add(String output, String left, String right) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Product of two values or parameters; axes of size 1 and missing leading axes are repeated. */
    record Multiply(String output, String left, String right) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }
    }

    /** Rows of the parameter {@code table} [entries, width] at integer places: [a, b] to [a, b, width]. */
    record Embedding(String output, String input, String table) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input, table);
        }
    }

    /**
     * Convolution with a border of {@code k / 2} zeros: [batch, in, rows, columns] to [batch, out, rows, columns]; weight
     * [out, in, k, k] with an odd k, bias [out].
     */
    record Convolution(String output, String input, String weight, String bias) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input, weight, bias);
        }
    }

    /**
     * Squares of {@code block} x {@code block} places become channels: [batch, c, rows, columns] to
     * [batch, block * block * c, rows / block, columns / block]; channel (y * block + x) * c + i is channel i at (y, x) of a
     * square.
     */
    record SpaceToDepth(String output, String input, int block) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The inverse of {@link SpaceToDepth} (ONNX's mode DCR). */
    record DepthToSpace(String output, String input, int block) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Cuts axis 1 into pieces of size 1. */
    record Split(List<String> outputs, String input) implements Operation {
        public Split {
            outputs = List.copyOf(outputs);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** Entry 0 of axis 1: [batch, tokens, width] to [batch, width]. */
    record First(String output, String input) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** The same values in another shape. */
    record Reshape(String output, String input, List<Extent> shape) implements Single {
        public Reshape {
            shape = List.copyOf(shape);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** [rows, width] repeated to [extent, rows, width]. */
    record Repeat(String output, String input, Extent.Axis times) implements Single {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }
    }

    /** A size that is known now, or when a network runs. */
    sealed interface Extent {
        /** A number. */
        record Fixed(int size) implements Extent {}

        /** The size of an axis of a network input. */
        record Axis(String input, int axis) implements Extent {}

        /** Whatever is left; at most one in a shape. */
        record Rest() implements Extent {}
    }
}
