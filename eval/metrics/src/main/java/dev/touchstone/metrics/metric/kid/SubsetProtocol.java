package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.MetricException;

/**
 * How subsets are drawn.
 *
 * @param subsets at least 1
 * @param size images of each side in a subset, at least 2
 * @param seed of NumPy's {@code RandomState}, in [0, 2^32)
 */
public record SubsetProtocol(int subsets, int size, long seed) {

    /** The defaults of torch-fidelity 0.5.0. */
    public static final SubsetProtocol TORCH_FIDELITY = new SubsetProtocol(100, 1000, 2020);

    /** @throws MetricException if a number is out of its range */
    public SubsetProtocol {
        if (subsets < 1 || size < 2 || seed < 0 || seed > 0xffffffffL) {
            throw new MetricException(
                    "kid: expected at least 1 subset of at least 2 images and a seed in [0, 2^32), found " + subsets
                            + " of " + size + " with seed " + seed);
        }
    }

    /** The same with another size. */
    public SubsetProtocol withSize(int newSize) {
        return new SubsetProtocol(subsets, newSize, seed);
    }
}
