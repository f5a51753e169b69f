package dev.touchstone.eval.inference;

/**
 * Two nested sources of variance, between groups and within them, by the method of moments for groups of unequal size
 * (one-way random effects; Searle, Casella and McCulloch 1992, section 3.6): with mean squares MSB and MSW and
 * {@code n0 = (N - sum n_i^2 / N) / (k - 1)}, within is MSW and between is (MSB - MSW) / n0. A negative between component is
 * an estimate of zero; it is set to zero and said.
 *
 * @param between variance of the group effects, at least 0
 * @param within variance inside a group, at least 0
 * @param truncated whether the between component came out negative
 * @param groups how many groups
 * @param n how many values
 */
public record VarianceComponents(double between, double within, Truncation truncated, int groups, int n) {

    /** Whether a negative estimate was set to zero. */
    public enum Truncation {
        NONE,
        BETWEEN_SET_TO_ZERO
    }

    /** Whether both components can be told apart: two groups or more, one of them with two values or more. */
    public static boolean identifiable(double[][] groups) {
        int filled = 0;
        int replicated = 0;
        for (double[] group : groups) {
            filled += group.length > 0 ? 1 : 0;
            replicated += group.length > 1 ? 1 : 0;
        }
        return filled >= 2 && replicated >= 1;
    }

    /**
     * @param groups values per group, finite; empty groups are left out
     * @throws IllegalArgumentException if the components are not {@link #identifiable}
     */
    public static VarianceComponents of(double[][] groups) {
        if (!identifiable(groups)) {
            throw new IllegalArgumentException("variance components: expected two groups or more, one of them with two"
                    + " values or more, found " + groups.length + " groups");
        }
        int filled = 0;
        int n = 0;
        double sum = 0;
        double sizeSquares = 0;
        for (double[] group : groups) {
            filled += group.length > 0 ? 1 : 0;
            n += group.length;
            sizeSquares += (double) group.length * group.length;
            for (double value : group) {
                sum += value;
            }
        }
        double grand = sum / n;
        double squaresBetween = 0;
        double squaresWithin = 0;
        for (double[] group : groups) {
            double mean = mean(group);
            squaresBetween += group.length == 0 ? 0 : group.length * (mean - grand) * (mean - grand);
            for (double value : group) {
                squaresWithin += (value - mean) * (value - mean);
            }
        }
        double meanSquareBetween = squaresBetween / (filled - 1);
        double meanSquareWithin = squaresWithin / (n - filled);
        double n0 = (n - sizeSquares / n) / (filled - 1);
        double between = (meanSquareBetween - meanSquareWithin) / n0;
        return new VarianceComponents(
                Math.max(0, between),
                meanSquareWithin,
                between < 0 ? Truncation.BETWEEN_SET_TO_ZERO : Truncation.NONE,
                filled,
                n);
    }

    /** Sum of the components. */
    public double total() {
        return between + within;
    }

    /**
     * Share of the variance that lies between groups, which is also the correlation of two values of one group.
     *
     * @throws IllegalStateException if there is no variance at all
     */
    public double betweenShare() {
        if (total() == 0) {
            throw new IllegalStateException(
                    "variance components: expected some variance, found none in " + n + " values");
        }
        return between / total();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }
}
