package dev.touchstone.eval.inference;

import java.util.Arrays;

/** Spread that a few outliers do not move. */
public final class RobustSpread {

    private RobustSpread() {}

    /**
     * Median absolute deviation from the median, not rescaled; 0 for one value.
     *
     * @param values at least one, in any order; not changed
     */
    public static double medianAbsoluteDeviation(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = OrderStatistics.quantile(sorted, 0.5);
        double[] deviations =
                Arrays.stream(sorted).map(v -> Math.abs(v - median)).sorted().toArray();
        return OrderStatistics.quantile(deviations, 0.5);
    }
}
