package dev.touchstone.metrics.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;

/**
 * A dense row-major array with a shape. The data lie in a direct buffer of native byte order, so that a native library
 * reads and writes them in place; whoever holds a tensor sees what the last run wrote.
 */
public sealed interface Tensor {

    /** Sizes of the axes, outermost first; no axis is below 1. */
    List<Integer> shape();

    /** How many values the shape holds. */
    default int size() {
        return size(shape());
    }

    /**
     * 32-bit floating-point values.
     *
     * @param shape sizes of the axes
     * @param data exactly as many values as the shape holds, from position 0
     */
    record Floats(List<Integer> shape, FloatBuffer data) implements Tensor {
        /** @throws IllegalArgumentException if the buffer is not direct or does not fit the shape */
        public Floats {
            shape = List.copyOf(shape);
            check(shape, data.capacity(), data.isDirect());
        }

        /** A tensor of zeros. */
        public static Floats zeros(Integer... shape) {
            List<Integer> axes = List.of(shape);
            return new Floats(axes, bytes(axes).asFloatBuffer());
        }

        /** A copy of the values. */
        public static Floats of(float[] values, Integer... shape) {
            Floats tensor = zeros(shape);
            check(tensor.shape, values.length, true);
            tensor.data.put(0, values);
            return tensor;
        }

        /** A copy of the values. */
        public float[] toArray() {
            float[] values = new float[size()];
            data.get(0, values);
            return values;
        }
    }

    /**
     * 32-bit integers.
     *
     * @param shape sizes of the axes
     * @param data exactly as many values as the shape holds, from position 0
     */
    record Ints(List<Integer> shape, IntBuffer data) implements Tensor {
        /** @throws IllegalArgumentException if the buffer is not direct or does not fit the shape */
        public Ints {
            shape = List.copyOf(shape);
            check(shape, data.capacity(), data.isDirect());
        }

        /** A copy of the values. */
        public static Ints of(int[] values, Integer... shape) {
            List<Integer> axes = List.of(shape);
            check(axes, values.length, true);
            IntBuffer data = bytes(axes).asIntBuffer();
            data.put(0, values);
            return new Ints(axes, data);
        }
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private static ByteBuffer bytes(List<Integer> shape) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(4, size(shape))).order(ByteOrder.nativeOrder());
    }

    private static void check(List<Integer> shape, int values, boolean direct) {
        if (!direct || shape.stream().anyMatch(axis -> axis < 1) || size(shape) != values) {
            throw new IllegalArgumentException("tensor " + shape
                    + ": expected axes of at least 1 and a direct buffer of as" + " many values as they hold, found "
                    + values + (direct ? "" : " in a buffer on the heap"));
        }
    }
}
