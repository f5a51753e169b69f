package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.Score.Interval;

/**
 * KID from all images at once.
 *
 * @param value unbiased; slightly negative values are expected where the sets do not differ
 * @param standardError by the jackknife
 */
public record UnbiasedEstimate(double value, double standardError) {

    /** 97.5 % point of the standard normal distribution. */
    private static final double NORMAL_975 = 1.959963984540054;

    /** The 95 % interval, {@code value +- 1.96 standard errors}. */
    public Interval interval() {
        double half = NORMAL_975 * standardError;
        return new Interval(value - half, value + half, 0.95, "jackknife, normal");
    }
}
