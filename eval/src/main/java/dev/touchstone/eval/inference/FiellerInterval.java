package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Fieller's interval of a ratio of two means (Fieller 1954, JRSS-B 16:175-185). Where the denominator cannot be told from
 * zero the exact set is unbounded; then only the bound on the side away from zero is given, and nothing at all where the
 * numerator cannot be told from zero either.
 */
public final class FiellerInterval {

    private FiellerInterval() {}

    /**
     * Two means over the same units and how well they are known.
     *
     * @param numerator mean
     * @param denominator mean, not 0
     * @param numeratorVariance of the mean (standard error squared), at least 0
     * @param denominatorVariance of the mean, at least 0
     * @param covariance of the two means
     * @param degreesOfFreedom units minus 1, above 0
     */
    public record Means(
            double numerator,
            double denominator,
            double numeratorVariance,
            double denominatorVariance,
            double covariance,
            double degreesOfFreedom) {

        public Means {
            if (denominator == 0
                    || !(numeratorVariance >= 0)
                    || !(denominatorVariance >= 0)
                    || !(degreesOfFreedom > 0)) {
                throw new IllegalArgumentException(
                        "ratio of means: expected a denominator that is not 0, variances >= 0"
                                + " and degrees of freedom > 0, found " + denominator + ", " + numeratorVariance + ", "
                                + denominatorVariance + " and " + degreesOfFreedom);
            }
        }

        /**
         * Means of paired values.
         *
         * @throws IllegalArgumentException if the lengths differ or there are fewer than two pairs
         */
        public static Means of(double[] numerators, double[] denominators) {
            int n = numerators.length;
            if (n != denominators.length || n < 2) {
                throw new IllegalArgumentException("ratio of means: expected at least two pairs, found " + n + " and "
                        + denominators.length + " values");
            }
            double a = 0;
            double b = 0;
            for (int i = 0; i < n; i++) {
                a += numerators[i];
                b += denominators[i];
            }
            a /= n;
            b /= n;
            double aa = 0;
            double bb = 0;
            double ab = 0;
            for (int i = 0; i < n; i++) {
                aa += (numerators[i] - a) * (numerators[i] - a);
                bb += (denominators[i] - b) * (denominators[i] - b);
                ab += (numerators[i] - a) * (denominators[i] - b);
            }
            double scale = (double) n * (n - 1);
            return new Means(a, b, aa / scale, bb / scale, ab / scale, n - 1);
        }
    }

    /** The interval of {@code numerator / denominator}; for an unbounded set see the class comment. */
    public static Interval of(Means means, double level) {
        Interval.requireLevel(level);
        double t = new TDistribution(null, means.degreesOfFreedom(), 1e-14)
                .inverseCumulativeProbability(1 - (1 - level) / 2);
        // The set of ratios r with (a - r b)^2 <= t^2 var(a - r b), a quadratic in r.
        double a = means.numerator();
        double b = means.denominator();
        double square = b * b - t * t * means.denominatorVariance();
        double linear = a * b - t * t * means.covariance();
        double constant = a * a - t * t * means.numeratorVariance();
        double discriminant = linear * linear - square * constant;
        if (square > 0) {
            double root = Math.sqrt(Math.max(0, discriminant));
            return new Interval((linear - root) / square, (linear + root) / square, level);
        }
        if (constant <= 0 || square == 0) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level);
        }
        // One root on each side of zero; ratios between them are excluded.
        double root = Math.sqrt(discriminant);
        return a / b > 0
                ? new Interval((linear - root) / square, Double.POSITIVE_INFINITY, level)
                : new Interval(Double.NEGATIVE_INFINITY, (linear + root) / square, level);
    }
}
