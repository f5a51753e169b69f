package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A share of clustered yes-or-no values: Wilson's interval and the score test that it inverts, both at the effective sample
 * size.
 *
 * @param value the share, in [0, 1]
 * @param sample what the values are worth
 */
public record RateEstimate(double value, EffectiveSample sample) implements Estimate {

    /** @throws IllegalArgumentException if the share is outside [0, 1] */
    public RateEstimate {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("rate: expected a share in [0, 1], found " + value);
        }
    }

    /** @param groups 0 and 1 per unit; empty units are left out */
    public static RateEstimate of(double[][] groups) {
        EffectiveSample sample = EffectiveSample.of(groups);
        double sum = 0;
        for (double[] group : groups) {
            for (double value : group) {
                sum += value;
            }
        }
        return new RateEstimate(sum / sample.n(), sample);
    }

    @Override
    public int units() {
        return sample.clusters();
    }

    @Override
    public Interval interval(double level) {
        return WilsonInterval.of(value * sample.size(), sample.size(), level);
    }

    @Override
    public double above(double bound) {
        return tail(value - bound, bound);
    }

    @Override
    public double below(double bound) {
        return tail(bound - value, bound);
    }

    private double tail(double distance, double bound) {
        double clipped = Math.min(1, Math.max(0, bound));
        double error = Math.sqrt(clipped * (1 - clipped) / sample.size());
        if (error == 0) {
            return distance > 0 ? 0 : 1;
        }
        return new NormalDistribution(null, 0, 1).cumulativeProbability(-distance / error);
    }

    @Override
    public String method() {
        return "Wilson at the effective sample size, clustered by prompt";
    }
}
