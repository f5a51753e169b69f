package dev.touchstone.eval.metric.cmmd;

import dev.touchstone.eval.feature.FeatureMatrix;
import dev.touchstone.eval.metric.MetricException;
import dev.touchstone.eval.metric.linear.LinearAlgebra;
import dev.touchstone.eval.metric.linear.Matrix;
import java.util.Arrays;

/**
 * CMMD (Jayasumana et al. 2024, arXiv 2401.09603) as google-research's {@code cmmd}: squared maximum mean discrepancy of
 * unit-length CLIP embeddings under a Gaussian kernel with sigma 10, times 1000. The biased estimate: diagonals count, so
 * identical sets give 0 and the value is never negative beyond rounding. In [0, 39.6].
 */
public final class ClipMaximumMeanDiscrepancy {

    public static final String NAME = "cmmd";

    private static final double SIGMA = 10;
    private static final double SCALE = 1000;
    private static final int BLOCK_ROWS = 512;

    private ClipMaximumMeanDiscrepancy() {}

    /** Of embeddings of any length above 0. */
    public static double between(FeatureMatrix generated, FeatureMatrix reference) {
        return between(Matrix.of(generated), Matrix.of(reference));
    }

    /**
     * Of embeddings, which are scaled to unit length first.
     *
     * @throws MetricException if a set is empty, lengths differ, or an embedding is zero
     */
    public static double between(Matrix generated, Matrix reference) {
        if (generated.rows() == 0 || reference.rows() == 0 || generated.columns() != reference.columns()) {
            throw new MetricException("cmmd: expected embeddings of one length on both sides, found " + generated.rows()
                    + " x " + generated.columns() + " generated and " + reference.rows() + " x " + reference.columns()
                    + " reference");
        }
        Matrix x = unit(generated);
        Matrix y = unit(reference);
        return SCALE * Math.max(meanKernel(x, x) + meanKernel(y, y) - 2 * meanKernel(x, y), 0);
    }

    private static double meanKernel(Matrix x, Matrix y) {
        double gamma = 1 / (2 * SIGMA * SIGMA);
        double sum = 0;
        for (int from = 0; from < x.rows(); from += BLOCK_ROWS) {
            int rows = Math.min(BLOCK_ROWS, x.rows() - from);
            Matrix block = new Matrix(
                    rows, x.columns(), Arrays.copyOfRange(x.values(), from * x.columns(), (from + rows) * x.columns()));
            for (double product : LinearAlgebra.productTransposed(block, y).values()) {
                sum += Math.exp(-gamma * (2 - 2 * product));
            }
        }
        return sum / x.rows() / y.rows();
    }

    private static Matrix unit(Matrix embeddings) {
        double[] values = embeddings.values().clone();
        int columns = embeddings.columns();
        for (int row = 0; row < embeddings.rows(); row++) {
            double squares = 0;
            for (int j = 0; j < columns; j++) {
                squares += values[row * columns + j] * values[row * columns + j];
            }
            if (!(squares > 0)) {
                throw new MetricException("cmmd: expected embeddings longer than 0, found a zero in row " + row);
            }
            for (int j = 0; j < columns; j++) {
                values[row * columns + j] /= Math.sqrt(squares);
            }
        }
        return new Matrix(embeddings.rows(), columns, values);
    }
}
