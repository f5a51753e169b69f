package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.Score.Interval;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * KID from all images at once.
 *
 * @param value unbiased; slightly negative values are expected where the sets do not differ
 * @param standardError by the jackknife
 * @param degreesOfFreedom of the standard error, above 0: clusters of a side less 1, both sides by Satterthwaite
 */
public record UnbiasedEstimate(double value, double standardError, double degreesOfFreedom) {

    private static final double LEVEL = 0.95;

    /** The 95 % interval, {@code value +- t standard errors} with Student's t: wider than the normal one where prompts are few. */
    public Interval interval() {
        double t = new TDistribution(null, degreesOfFreedom, 1e-14).inverseCumulativeProbability((1 + LEVEL) / 2);
        double half = t * standardError;
        return new Interval(value - half, value + half, LEVEL, "jackknife, Student's t");
    }
}
