package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.HypergeometricDistribution;

/** Fisher's exact test of two shares (Fisher 1922, Journal of the Royal Statistical Society 85:87-94). */
public final class FisherExact {

    /** Probabilities that differ by less are the same. */
    private static final double SAME = 1 + 1e-7;

    private FisherExact() {}

    /**
     * Two-sided p-value: the tables with the same sums that are no likelier than the one seen.
     *
     * @param first successes of the first sample, in [0, firstN]
     * @param second successes of the second sample, in [0, secondN]
     * @throws IllegalArgumentException if a count is outside its sample or both samples are empty
     */
    public static double pValue(int first, int firstN, int second, int secondN) {
        if (first < 0 || second < 0 || first > firstN || second > secondN || firstN + secondN == 0) {
            throw new IllegalArgumentException("exact test: expected successes within two samples, found " + first
                    + " of " + firstN + " and " + second + " of " + secondN);
        }
        HypergeometricDistribution counts =
                new HypergeometricDistribution(null, firstN + secondN, first + second, firstN);
        double seen = counts.probability(first);
        double sum = 0;
        for (int k = counts.getSupportLowerBound(); k <= counts.getSupportUpperBound(); k++) {
            double probability = counts.probability(k);
            sum += probability <= seen * SAME ? probability : 0;
        }
        return Math.min(1, sum);
    }
}
