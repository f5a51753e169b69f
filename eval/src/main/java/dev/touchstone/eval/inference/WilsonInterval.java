package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Wilson's score interval of one proportion (Wilson 1927, JASA 22:209-212), without continuity correction. Stays inside
 * [0, 1] and has a positive width at 0 and at n successes. Counts may be fractional, so that an effective sample size can
 * stand for clustered data.
 */
public final class WilsonInterval {

    private WilsonInterval() {}

    /**
     * @param successes in [0, n]
     * @param n above 0
     * @param level coverage, in (0, 1)
     * @throws IllegalArgumentException if a bound is broken
     */
    public static Interval of(double successes, double n, double level) {
        Interval.requireLevel(level);
        double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - (1 - level) / 2);
        return at(successes, n, z, level);
    }

    /** With a quantile that stands for the level, such as Student's t where n itself is an estimate. */
    static Interval at(double successes, double n, double z, double level) {
        if (!(n > 0) || !(successes >= 0) || !(successes <= n)) {
            throw new IllegalArgumentException(
                    "wilson interval: expected 0 <= successes <= n and n > 0, found " + successes + " of " + n);
        }
        double p = successes / n;
        double centre = p + z * z / (2 * n);
        double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        double scale = 1 + z * z / n;
        // At the edges the formula is exact in theory and off by an ulp in floating point.
        double lower = successes == 0 ? 0 : Math.max(0, (centre - half) / scale);
        double upper = successes == n ? 1 : Math.min(1, (centre + half) / scale);
        return new Interval(lower, upper, level);
    }
}
