package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.FeatureStatistics;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.OptionalLong;

/**
 * Mean and covariance of a set of features, in double.
 *
 * @param n how many images they come of; empty where a file does not say
 * @param mean {@code [d]}
 * @param covariance {@code [d, d]}, divided by n - 1
 */
public record FeatureMoments(OptionalLong n, double[] mean, Matrix covariance) {

    private static final int BLOCK_ROWS = 1024;

    /** @throws MetricException if the covariance is not square, or not as long as the mean, or a value is not finite */
    public FeatureMoments {
        if (covariance.rows() != covariance.columns() || covariance.rows() != mean.length) {
            throw new MetricException("statistics: expected a mean of d and a covariance of d x d values, found "
                    + mean.length + " and " + covariance.rows() + " x " + covariance.columns());
        }
        for (double value : mean) {
            requireFinite("mean", value);
        }
        for (double value : covariance.values()) {
            requireFinite("covariance", value);
        }
    }

    /**
     * Moments of merged statistics.
     *
     * @throws IllegalStateException if they hold fewer than 2 images
     */
    public static FeatureMoments of(FeatureStatistics statistics) {
        int d = statistics.dimension();
        return new FeatureMoments(
                OptionalLong.of(statistics.n()), statistics.mean(), new Matrix(d, d, statistics.covariance()));
    }

    /** As {@link #of(Rows)}, of features. */
    public static FeatureMoments of(FeatureMatrix features) {
        return of(Rows.of(features));
    }

    /**
     * Moments of rows, block by block, so that a large set needs no second copy of itself.
     *
     * @throws MetricException if there are fewer than 2 rows
     */
    public static FeatureMoments of(Rows features) {
        int rows = features.rows();
        int columns = features.columns();
        double[] mean = CentredRows.mean(features);
        double[] lower = new double[columns * columns];
        for (int from = 0; from < rows; from += BLOCK_ROWS) {
            int count = Math.min(BLOCK_ROWS, rows - from);
            LinearAlgebra.addGram(CentredRows.centred(features, from, count, mean), lower);
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                lower[j * columns + i] = lower[i * columns + j];
            }
        }
        return new FeatureMoments(OptionalLong.of(rows), mean, new Matrix(columns, columns, lower));
    }

    /** Length d of a feature. */
    public int dimension() {
        return mean.length;
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new MetricException("statistics: expected finite values, found " + value + " in the " + name);
        }
    }
}
