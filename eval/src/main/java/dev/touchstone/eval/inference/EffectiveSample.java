package dev.touchstone.eval.inference;

/**
 * How many independent values a clustered sample is worth: {@code n / (1 + (m - 1) rho)} with the intra-cluster correlation
 * rho and the size-weighted mean cluster size {@code m = sum n_i^2 / n} (Kish 1965).
 *
 * @param n values, at least 1
 * @param clusters that hold them, at least 1
 * @param correlation of two values of one cluster, in [0, 1]
 * @param size effective sample size, in [1, n]
 */
public record EffectiveSample(int n, int clusters, double correlation, double size) {

    /**
     * Where the correlation cannot be estimated (one cluster, or no variance at all) it is taken as 1, the cautious end,
     * unless every cluster holds one value.
     *
     * @param groups values per cluster, finite; empty clusters are left out
     * @throws IllegalArgumentException if there is no value
     */
    public static EffectiveSample of(double[][] groups) {
        int n = 0;
        int clusters = 0;
        double sizeSquares = 0;
        for (double[] group : groups) {
            n += group.length;
            clusters += group.length > 0 ? 1 : 0;
            sizeSquares += (double) group.length * group.length;
        }
        if (n == 0) {
            throw new IllegalArgumentException("effective sample: expected at least one value, found none");
        }
        if (clusters == n) {
            return new EffectiveSample(n, clusters, 0, n);
        }
        double correlation = 1;
        if (VarianceComponents.identifiable(groups)) {
            VarianceComponents components = VarianceComponents.of(groups);
            correlation = components.total() == 0 ? 1 : components.betweenShare();
        }
        double meanSize = sizeSquares / n;
        return new EffectiveSample(n, clusters, correlation, n / (1 + (meanSize - 1) * correlation));
    }
}
