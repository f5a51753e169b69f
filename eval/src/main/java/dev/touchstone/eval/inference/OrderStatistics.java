package dev.touchstone.eval.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Sample quantiles (Hyndman and Fan 1996, type 7) with distribution-free limits: the number of observations below the true
 * quantile is binomial, so two order statistics enclose it (David and Nagaraja 2003, section 7.1). Tails are equal. Assumes
 * independent observations; ties make the limits wider than needed, never narrower.
 */
public final class OrderStatistics {

    private OrderStatistics() {}

    /**
     * Ranks of the enclosing observations, from 1.
     *
     * @param lower at least 1
     * @param upper at most n
     */
    public record Ranks(int lower, int upper) {}

    /** A quantile of a sample, or why there is none. */
    public sealed interface Quantile {
        /** Size of the sample. */
        int n();
    }

    /**
     * The sample supports the quantile.
     *
     * @param value type 7 sample quantile
     * @param interval order-statistic limits
     * @param n size of the sample
     */
    public record Supported(double value, Interval interval, int n) implements Quantile {}

    /**
     * The sample is too small for finite limits on both sides.
     *
     * @param n size of the sample
     * @param needed smallest size that would do
     */
    public record Withheld(int n, int needed) implements Quantile {}

    /**
     * The quantile of the values with its limits, or the n it would need.
     *
     * @param values in any order, finite; not changed. May be empty
     * @param probability in (0, 1)
     */
    public static Quantile estimate(double[] values, double probability, double level) {
        int needed = minimumCount(probability, level);
        if (values.length < needed) {
            return new Withheld(values.length, needed);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        Ranks ranks = ranks(sorted.length, probability, level);
        Interval interval = new Interval(sorted[ranks.lower() - 1], sorted[ranks.upper() - 1], level);
        return new Supported(quantile(sorted, probability), interval, sorted.length);
    }

    /**
     * Type 7 sample quantile: linear between the order statistics around {@code (n - 1) p}.
     *
     * @param sorted ascending, at least one value
     * @param probability in [0, 1]
     */
    public static double quantile(double[] sorted, double probability) {
        if (sorted.length == 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("quantile: expected values and a probability in [0, 1], found "
                    + sorted.length + " values and " + probability);
        }
        double position = (sorted.length - 1) * probability;
        int below = (int) Math.floor(position);
        if (below == sorted.length - 1 || position == below) {
            return sorted[below];
        }
        double share = position - below;
        // Two products instead of a difference: bounds may be infinite in bootstrap replicates.
        return (1 - share) * sorted[below] + share * sorted[below + 1];
    }

    /**
     * Ranks whose order statistics enclose the quantile with at least the level.
     *
     * @throws IllegalArgumentException if n is below {@link #minimumCount}
     */
    public static Ranks ranks(int n, double probability, double level) {
        int needed = minimumCount(probability, level);
        if (n < needed) {
            throw new IllegalArgumentException(
                    "quantile " + probability + ": expected n >= " + needed + ", found " + n);
        }
        double tail = (1 - level) / 2;
        BinomialDistribution below = new BinomialDistribution(null, n, probability);
        // The inverse is the smallest k with P(B <= k) >= tail, so P(B <= k - 1) < tail: rank k is safe.
        int lower = Math.max(1, below.inverseCumulativeProbability(tail));
        int upper = below.inverseCumulativeProbability(1 - tail) + 1;
        return new Ranks(lower, Math.min(n, upper));
    }

    /** Smallest sample with finite limits on both sides: 36 for p90, 72 for p95, 368 for p99 at 95 %. */
    public static int minimumCount(double probability, double level) {
        Interval.requireLevel(level);
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("quantile: expected a probability in (0, 1), found " + probability);
        }
        double tail = (1 - level) / 2;
        double above = Math.log(tail) / Math.log(probability);
        double below = Math.log(tail) / Math.log1p(-probability);
        return (int) Math.ceil(Math.max(above, below));
    }
}
