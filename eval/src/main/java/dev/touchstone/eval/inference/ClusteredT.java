package dev.touchstone.eval.inference;

/**
 * A ratio of sums over clusters with Student's t, such as a mean over images that come in clusters of one prompt: the standard
 * error is that of the sums of what is left per cluster ({@code sum - ratio * count}), as in Miller 2024, arXiv 2411.00640, with
 * the small-sample factor k / (k - 1) for k clusters, and the degrees of freedom are k - 1. Over few clusters it covers where a
 * bootstrap does not: with 5 clusters BCa holds 80 to 85 % of what it says to be 95 %.
 */
public final class ClusteredT {

    private ClusteredT() {}

    /**
     * Mean of clustered values.
     *
     * @param groups values per cluster, none empty
     * @throws IllegalArgumentException if there are fewer than two clusters or one is empty
     */
    public static StudentEstimate mean(double[][] groups, String method) {
        double[] sums = new double[groups.length];
        double[] counts = new double[groups.length];
        for (int g = 0; g < groups.length; g++) {
            counts[g] = groups[g].length;
            for (double value : groups[g]) {
                sums[g] += value;
            }
            if (groups[g].length == 0) {
                throw new IllegalArgumentException(
                        "clustered mean: expected values in every cluster, found none in " + g);
            }
        }
        return ratio(sums, counts, method);
    }

    /**
     * Ratio of two sums over the same clusters.
     *
     * @param sums per cluster, finite
     * @param counts per cluster, at least 0, with a sum above 0
     * @throws IllegalArgumentException if the lengths differ, there are fewer than two clusters, or the counts sum up to 0
     */
    public static StudentEstimate ratio(double[] sums, double[] counts, String method) {
        int clusters = sums.length;
        double sum = 0;
        double count = 0;
        for (int i = 0; i < Math.min(clusters, counts.length); i++) {
            sum += sums[i];
            count += counts[i];
        }
        if (clusters != counts.length || clusters < 2 || !(count > 0)) {
            throw new IllegalArgumentException("ratio of sums: expected at least two clusters and a sum of counts above"
                    + " 0, found " + clusters + " and " + counts.length + " values and a sum of " + count);
        }
        double ratio = sum / count;
        double squares = 0;
        double size = 0;
        for (double left : residuals(sums, counts)) {
            squares += left * left;
        }
        for (double value : sums) {
            size += value * value;
        }
        // What is left of equal terms is rounding, not spread.
        double spread = squares <= 1e-28 * size ? 0 : squares;
        double error = Math.sqrt(spread * clusters / (clusters - 1)) / count;
        return new StudentEstimate(ratio, error, clusters - 1, clusters, method);
    }

    /** What is left of each sum: {@code sum - ratio * count}. */
    static double[] residuals(double[] sums, double[] counts) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += sums[i];
            count += counts[i];
        }
        double[] left = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            left[i] = sums[i] - sum / count * counts[i];
        }
        return left;
    }

    /**
     * Correlation of two ratios of sums over the same clusters; 0 where one of them does not vary.
     *
     * @param sums and counts of the one
     * @param otherSums and counts of the other
     */
    public static double correlation(double[] sums, double[] counts, double[] otherSums, double[] otherCounts) {
        double[] one = residuals(sums, counts);
        double[] other = residuals(otherSums, otherCounts);
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }
        double scale = Math.sqrt(first) * Math.sqrt(second);
        return scale > 0 ? Math.max(-1, Math.min(1, product / scale)) : 0;
    }
}
