package dev.touchstone.eval.inference;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * A quantile of independent values with limits that assume no distribution: how many values lie beyond a bound is binomial,
 * so the tests are exact and the interval is made of order statistics. A sample that is too small for a limit has none on
 * that side. This is also the rule by which MLPerf Inference judges latency bounds (loadgen {@code early_stopping.cc}, v5.0).
 *
 * @param values ascending
 * @param probability of the quantile, in (0, 1)
 */
public record QuantileEstimate(double[] values, double probability) implements Estimate {

    /** @throws IllegalArgumentException if there is no value or the probability is outside (0, 1) */
    public QuantileEstimate {
        if (values.length == 0 || !(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("quantile: expected values and a probability in (0, 1), found "
                    + values.length + " values and " + probability);
        }
        values = values.clone();
        Arrays.sort(values);
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public double value() {
        return OrderStatistics.quantile(values, probability);
    }

    @Override
    public int units() {
        return values.length;
    }

    @Override
    public Interval interval(double level) {
        Interval.requireLevel(level);
        int n = values.length;
        double tail = (1 - level) / 2;
        BinomialDistribution below = new BinomialDistribution(null, n, probability);
        // As OrderStatistics.ranks, with a side left open where no order statistic will do.
        int lower = below.inverseCumulativeProbability(tail);
        int upper = below.inverseCumulativeProbability(1 - tail) + 1;
        boolean least = Math.pow(1 - probability, n) <= tail;
        boolean most = Math.pow(probability, n) <= tail;
        return new Interval(
                least ? values[Math.max(1, lower) - 1] : Double.NEGATIVE_INFINITY,
                most ? values[Math.min(n, upper) - 1] : Double.POSITIVE_INFINITY,
                level);
    }

    @Override
    public double above(double bound) {
        int over = 0;
        for (double value : values) {
            over += value > bound ? 1 : 0;
        }
        return 1 - new BinomialDistribution(null, values.length, 1 - probability).cumulativeProbability(over - 1);
    }

    @Override
    public double below(double bound) {
        int over = 0;
        for (double value : values) {
            over += value >= bound ? 1 : 0;
        }
        return new BinomialDistribution(null, values.length, 1 - probability).cumulativeProbability(over);
    }

    @Override
    public String method() {
        return "type 7 quantile, exact binomial on what lies beyond";
    }

    /**
     * The fewest values that prove a quantile to be below a bound when so many of them lie over it: MLPerf's early stopping
     * with d = 0.
     *
     * @param over values over the bound, at least 0
     * @param confidence in (0, 1); MLPerf uses 0.99
     */
    public static int needed(double probability, int over, double confidence) {
        int most = over + 1;
        while (!proves(most, probability, over, confidence)) {
            most *= 2;
        }
        int least = most / 2;
        while (least + 1 < most) {
            int middle = least + (most - least) / 2;
            if (middle > over && proves(middle, probability, over, confidence)) {
                most = middle;
            } else {
                least = middle;
            }
        }
        return most;
    }

    private static boolean proves(int n, double probability, int over, double confidence) {
        return new BinomialDistribution(null, n, 1 - probability).cumulativeProbability(over) <= 1 - confidence;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileEstimate same
                && probability == same.probability
                && Arrays.equals(values, same.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Double.hashCode(probability);
    }

    @Override
    public String toString() {
        return "quantile " + probability + " of " + values.length + " values";
    }
}
