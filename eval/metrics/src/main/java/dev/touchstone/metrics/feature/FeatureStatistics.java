package dev.touchstone.metrics.feature;

/**
 * Mean and covariance of feature vectors, built piece by piece: the statistics of a union come from the statistics of its parts,
 * on one machine or many. Accumulated in double around the running mean (Chan, Golub and LeVeque, 1983), so large offsets
 * cost no digits. Immutable.
 */
public final class FeatureStatistics {

    private final long n;
    private final double[] mean;
    /** Sum of outer products of the deviations from the mean, {@code [d, d]}. */
    private final double[] scatter;

    private FeatureStatistics(long n, double[] mean, double[] scatter) {
        this.n = n;
        this.mean = mean;
        this.scatter = scatter;
    }

    /** Statistics of no vectors, the neutral element of {@link #merge}. */
    public static FeatureStatistics empty(int dimension) {
        return new FeatureStatistics(0, new double[dimension], new double[Math.multiplyExact(dimension, dimension)]);
    }

    /** Statistics of rows; {@link #empty} for none. */
    public static FeatureStatistics of(FeatureMatrix features) {
        int d = features.columns();
        int rows = features.rows();
        double[] mean = new double[d];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < d; i++) {
                mean[i] += features.value(row, i);
            }
        }
        for (int i = 0; i < d && rows > 0; i++) {
            mean[i] /= rows;
        }
        double[] scatter = new double[d * d];
        double[] deviation = new double[d];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < d; i++) {
                deviation[i] = features.value(row, i) - mean[i];
            }
            addOuterProduct(scatter, deviation, 1);
        }
        return new FeatureStatistics(rows, mean, scatter);
    }

    /**
     * Statistics of both sets together.
     *
     * @throws IllegalArgumentException if the lengths of the vectors differ
     */
    public FeatureStatistics merge(FeatureStatistics other) {
        if (mean.length != other.mean.length) {
            throw new IllegalArgumentException(
                    "statistics: expected features of " + mean.length + " values, found " + other.mean.length);
        }
        if (n == 0 || other.n == 0) {
            return n == 0 ? other : this;
        }
        long total = n + other.n;
        double[] difference = new double[mean.length];
        double[] newMean = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            difference[i] = other.mean[i] - mean[i];
            newMean[i] = mean[i] + difference[i] * other.n / total;
        }
        double[] newScatter = new double[scatter.length];
        for (int i = 0; i < scatter.length; i++) {
            newScatter[i] = scatter[i] + other.scatter[i];
        }
        addOuterProduct(newScatter, difference, (double) n * other.n / total);
        return new FeatureStatistics(total, newMean, newScatter);
    }

    private static void addOuterProduct(double[] target, double[] vector, double factor) {
        int d = vector.length;
        for (int i = 0; i < d; i++) {
            double scaled = factor * vector[i];
            for (int j = 0; j < d; j++) {
                target[i * d + j] += scaled * vector[j];
            }
        }
    }

    /** How many vectors. */
    public long n() {
        return n;
    }

    /** Length d of a vector. */
    public int dimension() {
        return mean.length;
    }

    /**
     * The mean, {@code [d]}.
     *
     * @throws IllegalStateException if there are no vectors
     */
    public double[] mean() {
        require(1, "mean");
        return mean.clone();
    }

    /**
     * The covariance, {@code [d, d]} row-major, divided by n - 1.
     *
     * @throws IllegalStateException if there are fewer than two vectors
     */
    public double[] covariance() {
        require(2, "covariance");
        double[] covariance = new double[scatter.length];
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = scatter[i] / (n - 1);
        }
        return covariance;
    }

    private void require(int least, String what) {
        if (n < least) {
            throw new IllegalStateException(
                    "statistics: expected at least " + least + " images for a " + what + ", found " + n);
        }
    }
}
