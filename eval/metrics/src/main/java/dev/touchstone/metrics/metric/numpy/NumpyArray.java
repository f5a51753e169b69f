package dev.touchstone.metrics.metric.numpy;

import java.util.List;

/**
 * An array read from an npy file, widened to double.
 *
 * @param shape sizes of the axes, outermost first; empty for a single number
 * @param values row-major, whatever the order in the file
 */
public record NumpyArray(List<Integer> shape, double[] values) {

    public NumpyArray {
        shape = List.copyOf(shape);
        long size = 1;
        for (int axis : shape) {
            size = Math.multiplyExact(size, axis);
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "array: expected as many values as " + shape + " holds, found " + values.length);
        }
    }
}
