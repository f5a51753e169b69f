package dev.touchstone.eval.metric.kid;

import dev.touchstone.eval.metric.MetricException;
import dev.touchstone.eval.metric.linear.Matrix;
import java.util.Map;
import java.util.TreeMap;

/**
 * The full estimate and the estimates without one cluster, all from row sums of the kernels: blocks of rows are computed
 * and summed, no kernel matrix is kept.
 */
final class KernelJackknife {

    private static final int BLOCK_ROWS = 512;

    private final Side generated;
    private final Side reference;
    private final double cross;

    KernelJackknife(Matrix x, int[] xClusters, Matrix y, int[] yClusters) {
        generated = new Side(x, xClusters);
        reference = new Side(y, yClusters);
        double total = 0;
        for (int from = 0; from < x.rows(); from += BLOCK_ROWS) {
            Matrix kernels = CubicKernel.of(block(x, from), y);
            for (int i = 0; i < kernels.rows(); i++) {
                for (int j = 0; j < kernels.columns(); j++) {
                    double kernel = kernels.value(i, j);
                    generated.cross[from + i] += kernel;
                    reference.cross[j] += kernel;
                    total += kernel;
                }
            }
        }
        cross = total;
    }

    UnbiasedEstimate estimate() {
        double value = discrepancy(generated.total, generated.rows, reference.total, reference.rows, cross);
        double variance = variance(generated, reference) + variance(reference, generated);
        return new UnbiasedEstimate(value, Math.sqrt(variance));
    }

    /** Jackknife variance over the clusters of one side, the other side held. */
    private double variance(Side side, Side other) {
        Map<Integer, Cluster> clusters = side.clusters();
        if (clusters.size() < 2) {
            throw new MetricException("kid: expected at least 2 prompts on each side, found 1; an interval needs"
                    + " independent images");
        }
        double[] left = new double[clusters.size()];
        int index = 0;
        double mean = 0;
        for (Cluster cluster : clusters.values()) {
            int rows = side.rows - cluster.rows;
            if (rows < 2) {
                throw new MetricException("kid: expected at least 2 images beside each prompt, found " + rows
                        + "; an interval needs independent images");
            }
            double within = side.total - 2 * cluster.rowSums + cluster.within;
            left[index] = discrepancy(within, rows, other.total, other.rows, cross - cluster.cross);
            mean += left[index++] / clusters.size();
        }
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }
        return squares * (left.length - 1) / left.length;
    }

    private static double discrepancy(double xx, double n, double yy, double m, double xy) {
        return xx / (n * (n - 1)) + yy / (m * (m - 1)) - 2 * xy / (n * m);
    }

    private static Matrix block(Matrix matrix, int from) {
        int rows = Math.min(BLOCK_ROWS, matrix.rows() - from);
        return new Matrix(
                rows,
                matrix.columns(),
                java.util.Arrays.copyOfRange(
                        matrix.values(), from * matrix.columns(), (from + rows) * matrix.columns()));
    }

    /** Sums that belong to one cluster. */
    private static final class Cluster {
        private int rows;
        private double rowSums;
        private double within;
        private double cross;
    }

    /** One set: sums of its off-diagonal kernels, per row and in all. */
    private static final class Side {
        private final int rows;
        private final int[] clusterOf;
        private final double[] rowSums;
        private final double[] withinSums;
        private final double[] cross;
        private double total;

        Side(Matrix features, int[] clusterOf) {
            rows = features.rows();
            if (clusterOf.length != rows) {
                throw new MetricException(
                        "kid: expected a prompt for each of " + rows + " images, found " + clusterOf.length);
            }
            this.clusterOf = clusterOf.clone();
            rowSums = new double[rows];
            withinSums = new double[rows];
            cross = new double[rows];
            for (int from = 0; from < rows; from += BLOCK_ROWS) {
                Matrix kernels = CubicKernel.of(block(features, from), features);
                for (int i = 0; i < kernels.rows(); i++) {
                    add(from + i, kernels, i);
                }
            }
        }

        private void add(int row, Matrix kernels, int kernelRow) {
            double sum = 0;
            double within = 0;
            for (int j = 0; j < rows; j++) {
                if (j != row) {
                    double kernel = kernels.value(kernelRow, j);
                    sum += kernel;
                    within += clusterOf[j] == clusterOf[row] ? kernel : 0;
                }
            }
            rowSums[row] = sum;
            withinSums[row] = within;
            total += sum;
        }

        private Map<Integer, Cluster> clusters() {
            Map<Integer, Cluster> clusters = new TreeMap<>();
            for (int row = 0; row < rows; row++) {
                Cluster cluster = clusters.computeIfAbsent(clusterOf[row], key -> new Cluster());
                cluster.rows++;
                cluster.rowSums += rowSums[row];
                cluster.within += withinSums[row];
                cluster.cross += cross[row];
            }
            return clusters;
        }
    }
}
