package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.FeatureStatistics;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Factor;
import dev.touchstone.metrics.metric.linear.IndefiniteMatrixException;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Mean and covariance of a set of features, in double.
 *
 * @param subject what errors call them: a file, or what they were computed from
 * @param n how many images they come of; empty where a file does not say
 * @param mean {@code [d]}
 * @param covariance {@code [d, d]}, divided by n - 1
 */
public record FeatureMoments(String subject, OptionalLong n, double[] mean, Matrix covariance) {

    private static final int BLOCK_ROWS = 1024;

    /** @throws MetricException if the covariance is not square, or not as long as the mean, or a value is not finite */
    public FeatureMoments {
        if (covariance.rows() != covariance.columns() || covariance.rows() != mean.length) {
            throw new MetricException(subject + ": expected a mean of d and a covariance of d x d values, found "
                    + mean.length + " and " + covariance.rows() + " x " + covariance.columns());
        }
        for (double value : mean) {
            requireFinite(subject, "mean", value);
        }
        for (double value : covariance.values()) {
            requireFinite(subject, "covariance", value);
        }
    }

    /** Moments that errors call statistics. */
    public FeatureMoments(OptionalLong n, double[] mean, Matrix covariance) {
        this("statistics", n, mean, covariance);
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

    /**
     * The covariance's factor.
     *
     * @throws MetricException if an eigenvalue is below 0 by more than d units in the last place of the largest; in the last place of a
     *     float where all values are floats, because they were rounded to it
     */
    Factor factor() {
        double unit = floats() ? Math.ulp(1f) : Math.ulp(1.0);
        try {
            return Factor.of(covariance, dimension() * unit * Math.abs(covariance.trace()));
        } catch (IndefiniteMatrixException e) {
            throw new MetricException(
                    String.format(
                            Locale.ROOT,
                            "%s: expected a covariance, whose eigenvalues are not below 0, found the smallest %.6g beside a"
                                    + " largest of %.6g; is it the covariance (numpy.cov) of the features?",
                            subject,
                            e.smallest(),
                            e.largest()),
                    e);
        }
    }

    private boolean floats() {
        for (double value : covariance.values()) {
            if ((float) value != value) {
                return false;
            }
        }
        return true;
    }

    /** Length d of a feature. */
    public int dimension() {
        return mean.length;
    }

    private static void requireFinite(String subject, String name, double value) {
        if (!Double.isFinite(value)) {
            throw new MetricException(subject + ": expected finite values, found " + value + " in the " + name);
        }
    }
}
