package dev.touchstone.eval.inference;

/**
 * A two-sided confidence interval. An infinite bound says that the data do not bound that side; it is part of the answer,
 * not an error.
 *
 * @param lower at most {@code upper}, may be negative infinity
 * @param upper may be positive infinity
 * @param level coverage, in (0, 1)
 */
public record Interval(double lower, double upper, double level) {

    /** @throws IllegalArgumentException if the bounds are crossed or not numbers, or the level is outside (0, 1) */
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval: expected lower <= upper, found " + lower + " and " + upper);
        }
        requireLevel(level);
    }

    /** Whether the value lies in the closed interval. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** Whether both bounds are finite. */
    public boolean bounded() {
        return !Double.isInfinite(lower) && !Double.isInfinite(upper);
    }

    static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("interval: expected a level in (0, 1), found " + level);
        }
    }
}
