package dev.touchstone.metrics.weights.container;

import java.util.List;

/**
 * A trained array.
 *
 * @param shape sizes of the axes, outermost first; empty for a single number
 * @param values row-major, finite. Not copied: whoever hands the array over stops writing to it
 */
public record WeightTensor(List<Integer> shape, float[] values) {

    public WeightTensor {
        shape = List.copyOf(shape);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "weights: expected as many values as " + shape + " holds, found " + values.length);
        }
    }
}
