package dev.touchstone.eval.metric.fid;

import dev.touchstone.eval.metric.MetricException;
import dev.touchstone.eval.metric.linear.Matrix;

/**
 * Rows less their mean, divided by sqrt(n - 1), so that {@code scaled' * scaled} is the covariance.
 *
 * @param scaled {@code [n, d]}
 */
record CentredRows(double[] mean, Matrix scaled) {

    static CentredRows of(Matrix features) {
        if (features.rows() < 2) {
            throw new MetricException("covariance: expected at least 2 images, found " + features.rows()
                    + "; one image has no spread to compare");
        }
        double[] mean = mean(features);
        int columns = features.columns();
        double scale = 1 / Math.sqrt(features.rows() - 1.0);
        double[] scaled = new double[features.values().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (features.values()[i] - mean[i % columns]) * scale;
        }
        return new CentredRows(mean, new Matrix(features.rows(), columns, scaled));
    }

    static double[] mean(Matrix features) {
        int columns = features.columns();
        double[] mean = new double[columns];
        for (int row = 0; row < features.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                mean[column] += features.values()[row * columns + column];
            }
        }
        for (int column = 0; column < columns; column++) {
            mean[column] /= features.rows();
        }
        return mean;
    }
}
