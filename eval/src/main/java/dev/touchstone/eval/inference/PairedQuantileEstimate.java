package dev.touchstone.eval.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * By how much the quantile of one sample exceeds that of another, over the same units. A shift is tested by applying it to
 * the second sample, taking the quantile of both samples together, and counting the units of which only the first, or only
 * the second, lies above it: under the hypothesis either is as likely (the mid-p form of McNemar's exact test at a pooled
 * quantile). No distribution and no density is assumed, and the pairing is used. The interval is the set of shifts that are
 * not rejected.
 */
public final class PairedQuantileEstimate implements Estimate {

    /** How the second sample is shifted. */
    public enum Shift {
        /** The number is a difference. */
        DIFFERENCE,
        /** The number is a ratio; values must be above 0. */
        RATIO
    }

    private static final int HALVINGS = 60;

    private final double[] first;
    private final double[] second;
    private final double[] firstInOrder;
    private final double[] secondInOrder;
    private final double probability;
    private final Shift shift;

    /**
     * @param first a value per unit
     * @param second the same units in the same order
     * @param probability in (0, 1)
     * @throws IllegalArgumentException if the lengths differ, there are fewer than two units, or a ratio's value is not above 0
     */
    public PairedQuantileEstimate(double[] first, double[] second, double probability, Shift shift) {
        boolean positive = shift == Shift.DIFFERENCE
                || Arrays.stream(first).allMatch(v -> v > 0)
                        && Arrays.stream(second).allMatch(v -> v > 0);
        if (first.length != second.length || first.length < 2 || !(probability > 0 && probability < 1) || !positive) {
            throw new IllegalArgumentException("paired quantile: expected two samples of the same 2 units or more, a"
                    + " probability in (0, 1) and values above 0 for a ratio, found " + first.length + " and "
                    + second.length + " values and " + probability);
        }
        this.first = first.clone();
        this.second = second.clone();
        this.firstInOrder = first.clone();
        this.secondInOrder = second.clone();
        Arrays.sort(firstInOrder);
        Arrays.sort(secondInOrder);
        this.probability = probability;
        this.shift = shift;
    }

    @Override
    public double value() {
        double one = OrderStatistics.quantile(firstInOrder, probability);
        double other = OrderStatistics.quantile(secondInOrder, probability);
        return shift == Shift.RATIO ? one / other : one - other;
    }

    @Override
    public int units() {
        return first.length;
    }

    @Override
    public double above(double bound) {
        int[] only = onlyAbove(bound);
        return midTail(only[0], only[0] + only[1]);
    }

    @Override
    public double below(double bound) {
        int[] only = onlyAbove(bound);
        return midTail(only[1], only[0] + only[1]);
    }

    /** Units of which only the first, and only the shifted second, lies above the pooled quantile. */
    private int[] onlyAbove(double bound) {
        int n = first.length;
        double cut = pooledQuantile(bound);
        int one = 0;
        int other = 0;
        for (int i = 0; i < n; i++) {
            boolean a = first[i] > cut;
            boolean b = shifted(second[i], bound) > cut;
            one += a && !b ? 1 : 0;
            other += b && !a ? 1 : 0;
        }
        return new int[] {one, other};
    }

    /**
     * Type 7 quantile of the first and the shifted second sample together. Both stay in order under a shift, so that one walk
     * along both is enough; an interval asks for some hundred of them.
     */
    private double pooledQuantile(double bound) {
        int n = first.length;
        if (shift == Shift.RATIO && bound < 0) {
            double[] pooled = Arrays.copyOf(first, 2 * n);
            Arrays.setAll(pooled, i -> i < n ? first[i] : second[i - n] * bound);
            Arrays.sort(pooled);
            return OrderStatistics.quantile(pooled, probability);
        }
        double position = (2 * n - 1) * probability;
        int below = (int) Math.floor(position);
        int i = 0;
        int j = 0;
        double lower = 0;
        double upper = 0;
        for (int rank = 0; rank <= below + 1 && rank < 2 * n; rank++) {
            boolean fromFirst = j == n || i < n && firstInOrder[i] <= shifted(secondInOrder[j], bound);
            lower = upper;
            upper = fromFirst ? firstInOrder[i++] : shifted(secondInOrder[j++], bound);
        }
        double share = position - below;
        return share == 0 ? lower : (1 - share) * lower + share * upper;
    }

    private double shifted(double value, double bound) {
        return shift == Shift.RATIO ? value * bound : value + bound;
    }

    private static double midTail(int successes, int n) {
        if (n == 0) {
            return 1;
        }
        BinomialDistribution fair = new BinomialDistribution(null, n, 0.5);
        return 1 - fair.cumulativeProbability(successes) + fair.probability(successes) / 2;
    }

    @Override
    public Interval interval(double level) {
        Interval.requireLevel(level);
        double tail = (1 - level) / 2;
        double least = extreme(firstInOrder[0], secondInOrder[second.length - 1]);
        double most = extreme(firstInOrder[first.length - 1], secondInOrder[0]);
        double value = value();
        double open = shift == Shift.RATIO ? 0 : Double.NEGATIVE_INFINITY;
        double lower = above(least) > tail ? open : edge(least, value, tail, true);
        double upper = below(most) > tail ? Double.POSITIVE_INFINITY : edge(most, value, tail, false);
        return new Interval(Math.min(lower, value), Math.max(upper, value), level);
    }

    private double extreme(double one, double other) {
        return shift == Shift.RATIO ? one / other : one - other;
    }

    /** Between a shift that is rejected and the estimate, the last one that is not. */
    private double edge(double rejected, double kept, double tail, boolean lower) {
        double out = rejected;
        double in = kept;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (out + in) / 2;
            if ((lower ? above(middle) : below(middle)) > tail) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    @Override
    public String method() {
        return "paired by prompt, mid-p sign test at the pooled quantile";
    }
}
