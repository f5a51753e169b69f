package dev.touchstone.eval.metric.prdc;

import dev.touchstone.eval.feature.FeatureMatrix;
import dev.touchstone.eval.metric.MetricException;
import dev.touchstone.eval.metric.linear.LinearAlgebra;
import dev.touchstone.eval.metric.linear.Matrix;
import java.util.Arrays;

/**
 * Precision and recall (Kynkäänniemi et al. 2019, arXiv 1904.06991), density and coverage (Naeem et al. 2020, arXiv
 * 2002.09797). A radius is the distance to the k-th neighbour in the same set, not counting the point itself. Distances are
 * in double; one that is below 1e-13 of the squared lengths is rounding and counts as 0.
 *
 * @param precision share of generated images inside a ball of a reference image, in [0, 1]
 * @param recall share of reference images inside a ball of a generated image, in [0, 1]
 * @param density balls of reference images around a generated image, over k, in [0, n / k]
 * @param coverage share of reference images whose ball holds a generated image, in [0, 1]
 */
public record PrecisionRecallDensityCoverage(double precision, double recall, double density, double coverage) {

    public static final String NAME = "prdc";

    /** Neighbours in the README of prdc. */
    public static final int NEIGHBOURS = 5;

    private static final int BLOCK_ROWS = 512;

    /** By prdc's convention, k = 5. */
    public static PrecisionRecallDensityCoverage of(FeatureMatrix generated, FeatureMatrix reference) {
        return of(Matrix.of(generated), Matrix.of(reference), NEIGHBOURS, Neighbourhood.OPEN);
    }

    /** The harmonic mean of precision and recall; 0 where both are. */
    public double fScore() {
        return 2 * precision * recall / Math.max(1e-5, precision + recall);
    }

    /**
     * The four shares.
     *
     * @param k neighbours, at least 1
     * @throws MetricException if lengths differ or a set has at most k images
     */
    public static PrecisionRecallDensityCoverage of(
            Matrix generated, Matrix reference, int k, Neighbourhood neighbourhood) {
        if (generated.columns() != reference.columns()) {
            throw new MetricException("prdc: expected features of one length, found " + generated.columns()
                    + " generated and " + reference.columns() + " reference; both sides must come of the same network");
        }
        if (k < 1 || Math.min(generated.rows(), reference.rows()) <= k) {
            throw new MetricException("prdc: expected at least " + (k + 1) + " images on each side for " + k
                    + " neighbours, found " + generated.rows() + " generated and " + reference.rows() + " reference");
        }
        double[] generatedRadii = radii(generated, k);
        double[] referenceRadii = radii(reference, k);
        long precise = 0;
        long inBalls = 0;
        boolean[] recalled = new boolean[reference.rows()];
        boolean[] covered = new boolean[reference.rows()];
        for (int from = 0; from < generated.rows(); from += BLOCK_ROWS) {
            Matrix distances = squaredDistances(generated, from, reference);
            for (int i = 0; i < distances.rows(); i++) {
                int balls = 0;
                for (int j = 0; j < distances.columns(); j++) {
                    double distance = distances.value(i, j);
                    if (neighbourhood.holds(distance, referenceRadii[j])) {
                        balls++;
                        covered[j] = true;
                    }
                    recalled[j] |= neighbourhood.holds(distance, generatedRadii[from + i]);
                }
                inBalls += balls;
                precise += balls > 0 ? 1 : 0;
            }
        }
        return new PrecisionRecallDensityCoverage(
                (double) precise / generated.rows(),
                share(recalled),
                (double) inBalls / k / generated.rows(),
                share(covered));
    }

    /** Squared distance of each row to its k-th neighbour. */
    private static double[] radii(Matrix set, int k) {
        double[] radii = new double[set.rows()];
        for (int from = 0; from < set.rows(); from += BLOCK_ROWS) {
            Matrix distances = squaredDistances(set, from, set);
            for (int i = 0; i < distances.rows(); i++) {
                double[] row =
                        Arrays.copyOfRange(distances.values(), i * distances.columns(), (i + 1) * distances.columns());
                row[from + i] = 0;
                Arrays.sort(row);
                radii[from + i] = row[k];
            }
        }
        return radii;
    }

    private static Matrix squaredDistances(Matrix x, int from, Matrix y) {
        int rows = Math.min(BLOCK_ROWS, x.rows() - from);
        Matrix block = new Matrix(
                rows, x.columns(), Arrays.copyOfRange(x.values(), from * x.columns(), (from + rows) * x.columns()));
        Matrix products = LinearAlgebra.productTransposed(block, y);
        double[] xs = squaredLengths(block);
        double[] ys = squaredLengths(y);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < y.rows(); j++) {
                double lengths = xs[i] + ys[j];
                double squared = lengths - 2 * products.values()[i * y.rows() + j];
                products.values()[i * y.rows() + j] = squared < 1e-13 * lengths ? 0 : squared;
            }
        }
        return products;
    }

    private static double[] squaredLengths(Matrix matrix) {
        double[] lengths = new double[matrix.rows()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                lengths[i] += matrix.value(i, j) * matrix.value(i, j);
            }
        }
        return lengths;
    }

    private static double share(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return (double) count / flags.length;
    }
}
