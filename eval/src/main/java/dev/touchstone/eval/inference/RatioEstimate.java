package dev.touchstone.eval.inference;

import dev.touchstone.eval.inference.FiellerInterval.Means;
import java.util.List;

/**
 * A ratio of two means over the same units, by Fieller: a bound k is tested through the mean of {@code numerator - k
 * denominator}, whose distribution needs no approximation of the ratio. The interval is the set of bounds that are not
 * rejected.
 *
 * @param means with a denominator above 0
 * @param units behind them
 * @param method short phrase
 */
public record RatioEstimate(Means means, int units, String method) implements Estimate {

    /** @throws IllegalArgumentException if the denominator is not above 0 */
    public RatioEstimate {
        if (!(means.denominator() > 0) || units < 2) {
            throw new IllegalArgumentException("ratio: expected a denominator above 0 and at least 2 units, found "
                    + means.denominator() + " and " + units);
        }
    }

    /** Ratio of two paired values' means. */
    public static RatioEstimate of(double[] numerators, double[] denominators, String method) {
        return new RatioEstimate(Means.of(numerators, denominators), numerators.length, method);
    }

    /**
     * Ratio of two ratios, {@code (a / b) / (c / d)}, each letter the mean of a value per unit over the same units. As a
     * ratio of the products {@code a d} and {@code c b}, whose variances come from their linear parts per unit.
     *
     * @throws IllegalArgumentException if c or b has no mean above 0
     */
    public static RatioEstimate ofRatios(double[] a, double[] b, double[] c, double[] d, String method) {
        int n = a.length;
        double ma = StudentEstimate.mean(a);
        double mb = StudentEstimate.mean(b);
        double mc = StudentEstimate.mean(c);
        double md = StudentEstimate.mean(d);
        double[] above = new double[n];
        double[] below = new double[n];
        for (int i = 0; i < n; i++) {
            above[i] = ma * md + (a[i] - ma) * md + ma * (d[i] - md);
            below[i] = mc * mb + (c[i] - mc) * mb + mc * (b[i] - mb);
        }
        return of(above, below, method);
    }

    /** Ratio of two sums of independent strata with fixed weights; degrees of freedom are those of all units together. */
    public static RatioEstimate weighted(List<RatioEstimate> strata, double[] weights) {
        double[] sums = new double[5];
        int units = 0;
        for (int k = 0; k < weights.length; k++) {
            Means one = strata.get(k).means;
            double w = weights[k];
            sums[0] += w * one.numerator();
            sums[1] += w * one.denominator();
            sums[2] += w * w * one.numeratorVariance();
            sums[3] += w * w * one.denominatorVariance();
            sums[4] += w * w * one.covariance();
            units += strata.get(k).units;
        }
        Means means = new Means(sums[0], sums[1], sums[2], sums[3], sums[4], Math.max(1, units - strata.size()));
        return new RatioEstimate(means, units, strata.get(0).method + ", fixed cohort weights");
    }

    @Override
    public double value() {
        return means.numerator() / means.denominator();
    }

    @Override
    public Interval interval(double level) {
        return FiellerInterval.of(means, level);
    }

    @Override
    public double above(double bound) {
        return tail(means.numerator() - bound * means.denominator(), bound);
    }

    @Override
    public double below(double bound) {
        return tail(bound * means.denominator() - means.numerator(), bound);
    }

    private double tail(double distance, double bound) {
        double variance = means.numeratorVariance()
                - 2 * bound * means.covariance()
                + bound * bound * means.denominatorVariance();
        // What is left of equal terms may be an ulp below zero.
        double scale = means.numeratorVariance() + bound * bound * means.denominatorVariance();
        double error = variance <= 1e-14 * scale ? 0 : Math.sqrt(variance);
        double far = Math.abs(distance) <= 1e-13 * Math.abs(means.numerator()) ? 0 : distance;
        return StudentEstimate.tail(far, error, means.degreesOfFreedom());
    }
}
