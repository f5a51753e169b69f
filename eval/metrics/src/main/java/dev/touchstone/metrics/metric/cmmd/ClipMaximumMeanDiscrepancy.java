package dev.touchstone.metrics.metric.cmmd;

import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.stream.IntStream;

/**
 * CMMD (Jayasumana et al. 2024, arXiv 2401.09603) as google-research's {@code cmmd}: squared maximum mean discrepancy of
 * unit-length CLIP embeddings under a Gaussian kernel with sigma 10, times 1000. The biased estimate: diagonals count, so
 * identical sets give 0 and the value is never negative beyond rounding. In [0, 39.6].
 */
public final class ClipMaximumMeanDiscrepancy {

    public static final String NAME = "cmmd";

    private static final double SIGMA = 10;
    private static final double SCALE = 1000;

    private ClipMaximumMeanDiscrepancy() {}

    /** Of embeddings of any length above 0. */
    public static double between(FeatureMatrix generated, FeatureMatrix reference) {
        return between(Rows.of(generated), Rows.of(reference));
    }

    /**
     * Of embeddings, which are scaled to unit length first.
     *
     * @throws MetricException if a set is empty, lengths differ, or an embedding is zero
     * @throws EngineException if the squared distance is below 0 by more than rounding
     */
    public static double between(Rows generated, Rows reference) {
        if (generated.rows() == 0 || reference.rows() == 0 || generated.columns() != reference.columns()) {
            throw new MetricException("cmmd: expected embeddings of one length on both sides, found " + generated.rows()
                    + " x " + generated.columns() + " generated and " + reference.rows() + " x " + reference.columns()
                    + " reference");
        }
        double[] x = lengths(generated);
        double[] y = lengths(reference);
        double sum = meanKernel(generated, x) + meanKernel(reference, y) - 2 * meanKernel(generated, x, reference, y);
        // A cosine is a sum of that many products; its kernel is not more uncertain than it.
        double rounding = 4 * generated.columns() * Math.ulp(1.0);
        if (!(sum >= -rounding)) {
            throw new EngineException("cmmd: expected a squared distance not below 0 by more than " + rounding
                    + " of rounding, found " + sum + " (" + generated.rows() + " generated and " + reference.rows()
                    + " reference embeddings of length 1); 'touchstone doctor' checks the linear algebra");
        }
        return SCALE * Math.max(sum, 0);
    }

    private static double meanKernel(Rows x, double[] xLengths, Rows y, double[] yLengths) {
        double[] sums = new double[x.rows()];
        RowProducts.between(x, y, (fromX, rows, fromY, columns, products) -> {
            IntStream.range(0, rows).parallel().forEach(i -> {
                for (int j = 0; j < columns; j++) {
                    sums[fromX + i] += kernel(products[i * columns + j] / xLengths[fromX + i] / yLengths[fromY + j]);
                }
            });
        });
        return sum(sums) / x.rows() / y.rows();
    }

    /** Of a set with itself. */
    private static double meanKernel(Rows x, double[] lengths) {
        double[] sums = new double[x.rows()];
        RowProducts.within(x, (fromX, rows, fromY, columns, products) -> {
            int both = fromX == fromY ? 1 : 2;
            IntStream.range(0, rows).parallel().forEach(i -> {
                for (int j = 0; j < columns; j++) {
                    sums[fromX + i] +=
                            both * kernel(products[i * columns + j] / lengths[fromX + i] / lengths[fromY + j]);
                }
            });
        });
        return sum(sums) / x.rows() / x.rows();
    }

    private static double kernel(double cosine) {
        return Math.exp((cosine - 1) / (SIGMA * SIGMA));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double[] lengths(Rows embeddings) {
        double[] lengths = embeddings.squaredLengths();
        for (int row = 0; row < lengths.length; row++) {
            if (!(lengths[row] > 0)) {
                throw new MetricException("cmmd: expected embeddings longer than 0, found a zero in row " + row);
            }
            lengths[row] = Math.sqrt(lengths[row]);
        }
        return lengths;
    }
}
