package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;

/**
 * Rows less their mean, divided by sqrt(n - 1), so that {@code scaled' * scaled} is the covariance.
 *
 * @param scaled {@code [n, d]}
 */
record CentredRows(double[] mean, Matrix scaled) {

    /** @throws MetricException if there are fewer than 2 rows */
    static CentredRows of(Rows features) {
        double[] mean = mean(features);
        return new CentredRows(mean, centred(features, 0, features.rows(), mean));
    }

    /** The rows {@code [from, from + count)} of features, centred and scaled. */
    static Matrix centred(Rows features, int from, int count, double[] mean) {
        Matrix block = features.block(from, count);
        int columns = features.columns();
        double scale = 1 / Math.sqrt(features.rows() - 1.0);
        double[] values = block.values();
        for (int start = 0; start < values.length; start += columns) {
            for (int column = 0; column < columns; column++) {
                values[start + column] = (values[start + column] - mean[column]) * scale;
            }
        }
        return block;
    }

    /** @throws MetricException if there are fewer than 2 rows */
    static double[] mean(Rows features) {
        if (features.rows() < 2) {
            throw new MetricException("covariance: expected at least 2 images, found " + features.rows()
                    + "; one image has no spread to compare");
        }
        double[] mean = new double[features.columns()];
        double[] row = new double[mean.length];
        for (int i = 0; i < features.rows(); i++) {
            features.read(i, 1, row);
            for (int column = 0; column < mean.length; column++) {
                mean[column] += row[column];
            }
        }
        for (int column = 0; column < mean.length; column++) {
            mean[column] /= features.rows();
        }
        return mean;
    }
}
