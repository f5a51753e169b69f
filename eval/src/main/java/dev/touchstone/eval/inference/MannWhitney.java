package dev.touchstone.eval.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether the values of one sample tend to be larger than those of another (Mann and Whitney 1947, Annals of Mathematical
 * Statistics 18:50-60): by ranks, so that a single far value cannot decide; normal approximation with correction for ties and
 * continuity.
 */
public final class MannWhitney {

    private MannWhitney() {}

    /**
     * The test's result.
     *
     * @param superiority share of pairs in which the first sample's value is the larger, ties as halves, in [0, 1]; 0.5 where
     *     nothing is to be told
     * @param p two-sided p-value, in (0, 1]; 1 where all values are equal
     */
    public record Result(double superiority, double p) {}

    /**
     * @param first values, finite
     * @param second values, finite
     * @throws IllegalArgumentException if a sample is empty
     */
    public static Result test(double[] first, double[] second) {
        int n = first.length;
        int m = second.length;
        if (n == 0 || m == 0) {
            throw new IllegalArgumentException("rank test: expected two samples, found " + n + " and " + m + " values");
        }
        double[] sorted = new double[n + m];
        System.arraycopy(first, 0, sorted, 0, n);
        System.arraycopy(second, 0, sorted, n, m);
        Arrays.sort(sorted);
        double ranks = 0;
        for (double value : first) {
            ranks += middleRank(sorted, value);
        }
        double ties = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double t = to - from;
            ties += t * t * t - t;
            from = to;
        }
        double pairs = (double) n * m;
        double u = ranks - n * (n + 1) / 2.0;
        double all = n + m;
        double variance = pairs / 12 * (all + 1 - ties / (all * (all - 1)));
        if (!(variance > 1e-12 * pairs)) {
            return new Result(0.5, 1);
        }
        double z = Math.max(0, Math.abs(u - pairs / 2) - 0.5) / Math.sqrt(variance);
        double p = Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z));
        return new Result(u / pairs, p);
    }

    private static double middleRank(double[] sorted, double value) {
        int any = Arrays.binarySearch(sorted, value);
        int low = any;
        int high = any;
        while (low > 0 && sorted[low - 1] == value) {
            low--;
        }
        while (high < sorted.length - 1 && sorted[high + 1] == value) {
            high++;
        }
        return (low + high) / 2.0 + 1;
    }
}
