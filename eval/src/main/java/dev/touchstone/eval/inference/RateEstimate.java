package dev.touchstone.eval.inference;

import java.util.Locale;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A share of clustered yes-or-no values: Wilson's interval and the score test that it inverts, both at the effective sample
 * size. That size rests on a correlation that few clusters hardly tell, so Student's t over clusters takes the place of the
 * normal distribution where clusters hold more than one value.
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
        Interval.requireLevel(level);
        double quantile = distribution().inverseCumulativeProbability(1 - (1 - level) / 2);
        return WilsonInterval.at(value * sample.size(), sample.size(), quantile, level);
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
        return distribution().cumulativeProbability(-distance / error);
    }

    private RealDistribution distribution() {
        return sample.clusters() == sample.n() || sample.clusters() < 2
                ? new NormalDistribution(null, 0, 1)
                : new TDistribution(null, sample.clusters() - 1.0, 1e-14);
    }

    @Override
    public String method() {
        return sample.clusters() == sample.n()
                ? "Wilson"
                : String.format(
                        Locale.ROOT,
                        "Wilson at effective n %.1f (correlation within prompts %.2f), t over prompts",
                        sample.size(),
                        sample.correlation());
    }
}
