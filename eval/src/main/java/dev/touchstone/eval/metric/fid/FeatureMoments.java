package dev.touchstone.eval.metric.fid;

import dev.touchstone.eval.feature.FeatureMatrix;
import dev.touchstone.eval.feature.FeatureStatistics;
import dev.touchstone.eval.metric.MetricException;
import dev.touchstone.eval.metric.linear.LinearAlgebra;
import dev.touchstone.eval.metric.linear.Matrix;
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
     * Moments of rows.
     *
     * @throws MetricException if there are fewer than 2 rows
     */
    public static FeatureMoments of(Matrix features) {
        Matrix rows = CentredRows.of(features).scaled();
        return new FeatureMoments(
                OptionalLong.of(features.rows()), CentredRows.mean(features), LinearAlgebra.gram(rows));
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

    /**
     * Moments of features, widened block by block, so that a large set needs no second copy of itself.
     *
     * @throws MetricException if there are fewer than 2 rows
     */
    public static FeatureMoments of(FeatureMatrix features) {
        int rows = features.rows();
        int columns = features.columns();
        if (rows < 2) {
            throw new MetricException(
                    "covariance: expected at least 2 images, found " + rows + "; one image has no spread to compare");
        }
        double[] mean = new double[columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                mean[column] += features.values()[row * columns + column];
            }
        }
        for (int column = 0; column < columns; column++) {
            mean[column] /= rows;
        }
        double[] lower = new double[columns * columns];
        double scale = 1 / Math.sqrt(rows - 1.0);
        for (int from = 0; from < rows; from += BLOCK_ROWS) {
            int count = Math.min(BLOCK_ROWS, rows - from);
            double[] block = new double[count * columns];
            for (int i = 0; i < block.length; i++) {
                block[i] = (features.values()[from * columns + i] - mean[i % columns]) * scale;
            }
            LinearAlgebra.addGram(new Matrix(count, columns, block), lower);
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
