package dev.touchstone.eval.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Bootstrap over clusters: whole clusters are drawn with replacement, so that what is alike within one stays together. Draw
 * k of replicate r is a function of (seed, r, k); threads and order change nothing.
 *
 * @param random where the draws come from
 * @param replicates at least 100
 * @param level coverage, in (0, 1)
 */
public record ClusterBootstrap(IndexedRandom random, int replicates, double level) {

    /** Equal values that were added up in another order differ by less than this share. */
    private static final double SAME = 1e-12;

    public ClusterBootstrap {
        Interval.requireLevel(level);
        if (replicates < 100) {
            throw new IllegalArgumentException("bootstrap: expected at least 100 replicates, found " + replicates);
        }
    }

    /** A statistic of a drawn set of clusters. */
    public interface Statistic {
        /**
         * @param clusters indexes of the drawn clusters; one that was drawn twice stands there twice
         * @return a number or positive infinity, never NaN
         */
        double of(int[] clusters);
    }

    /**
     * Percentile interval: quantiles (type 7) of the replicates.
     *
     * @param clusters how many there are, at least 2
     * @throws IllegalArgumentException if there are fewer than two clusters or the statistic is not a number
     */
    public Interval percentile(int clusters, Statistic statistic) {
        double[] sorted = replicates(clusters, statistic);
        Arrays.sort(sorted);
        double tail = (1 - level) / 2;
        return ordered(OrderStatistics.quantile(sorted, tail), OrderStatistics.quantile(sorted, 1 - tail));
    }

    /**
     * Bias-corrected and accelerated interval (Efron 1987, JASA 82:171-185); the acceleration comes from leaving out one
     * cluster at a time. Where all replicates agree the interval is that one value. Falls back on the percentile interval
     * where the correction is undefined: the estimate lies outside all replicates, or a left-out statistic is infinite.
     *
     * @param clusters how many there are, at least 2
     * @throws IllegalArgumentException if there are fewer than two clusters or the statistic is not a number
     */
    public Interval accelerated(int clusters, Statistic statistic) {
        double[] sorted = replicates(clusters, statistic);
        Arrays.sort(sorted);
        double estimate = checked(statistic.of(all(clusters)));
        double below = 0;
        double same = SAME * Math.abs(estimate);
        for (double replicate : sorted) {
            boolean tie = replicate == estimate || Math.abs(replicate - estimate) <= same;
            below += tie ? 0.5 : replicate < estimate ? 1 : 0;
        }
        double share = below / sorted.length;
        double tail = (1 - level) / 2;
        double acceleration = acceleration(clusters, statistic);
        if (share <= 0 || share >= 1 || Double.isNaN(acceleration)) {
            return ordered(OrderStatistics.quantile(sorted, tail), OrderStatistics.quantile(sorted, 1 - tail));
        }
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        double bias = normal.inverseCumulativeProbability(share);
        double z = normal.inverseCumulativeProbability(1 - tail);
        double lower = normal.cumulativeProbability(bias + (bias - z) / (1 - acceleration * (bias - z)));
        double upper = normal.cumulativeProbability(bias + (bias + z) / (1 - acceleration * (bias + z)));
        return ordered(OrderStatistics.quantile(sorted, lower), OrderStatistics.quantile(sorted, upper));
    }

    /** All replicates of the statistic, in replicate order. */
    public double[] replicates(int clusters, Statistic statistic) {
        if (clusters < 2) {
            throw new IllegalArgumentException("bootstrap: expected at least 2 clusters, found " + clusters);
        }
        double[] values = new double[replicates];
        int[] drawn = new int[clusters];
        for (int r = 0; r < replicates; r++) {
            for (int k = 0; k < clusters; k++) {
                drawn[k] = random.below(clusters, (long) r * clusters + k);
            }
            values[r] = checked(statistic.of(drawn));
        }
        return values;
    }

    private static double acceleration(int clusters, Statistic statistic) {
        double[] left = new double[clusters];
        double mean = 0;
        for (int out = 0; out < clusters; out++) {
            int[] rest = new int[clusters - 1];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = i < out ? i : i + 1;
            }
            left[out] = checked(statistic.of(rest));
            mean += left[out] / clusters;
        }
        double squares = 0;
        double cubes = 0;
        for (double value : left) {
            double difference = mean - value;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }
        return squares == 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
    }

    private static int[] all(int clusters) {
        int[] indexes = new int[clusters];
        Arrays.setAll(indexes, i -> i);
        return indexes;
    }

    private static double checked(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("bootstrap: expected a statistic that is a number, found NaN");
        }
        return value;
    }

    private Interval ordered(double first, double second) {
        return new Interval(Math.min(first, second), Math.max(first, second), level);
    }
}
