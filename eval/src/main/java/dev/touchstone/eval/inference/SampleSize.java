package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.NormalDistribution;

/** How many units a decision needs, by the normal approximation of the test's power. */
public final class SampleSize {

    private SampleSize() {}

    /**
     * The fewest units with which a one-sided test finds a distance with the power.
     *
     * @param spread standard deviation of one unit's value, at least 0
     * @param distance between the true value and the bound, above 0
     * @param alpha of the one-sided test, in (0, 1)
     * @param power in (0, 1)
     */
    public static long units(double spread, double distance, double alpha, double power) {
        if (!(spread >= 0) || !(distance > 0)) {
            throw new IllegalArgumentException(
                    "sample size: expected a spread >= 0 and a distance > 0, found " + spread + " and " + distance);
        }
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double z = normal.inverseCumulativeProbability(1 - alpha) + normal.inverseCumulativeProbability(power);
        return Math.max(2, (long) Math.ceil(Math.pow(z * spread / distance, 2)));
    }
}
