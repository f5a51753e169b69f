package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Map;
import java.util.TreeMap;

/**
 * The full estimate and the estimates without one cluster, all from row sums of the kernels: tiles are computed and summed,
 * no kernel matrix is kept.
 */
final class KernelJackknife {

    private final Side generated;
    private final Side reference;
    private final double cross;

    KernelJackknife(Rows x, int[] xClusters, Rows y, int[] yClusters) {
        generated = new Side(x, xClusters);
        reference = new Side(y, yClusters);
        CubicKernel kernel = new CubicKernel(x.columns());
        RowProducts.between(x, y, (fromX, rows, fromY, columns, products) -> {
            for (int i = 0; i < rows; i++) {
                double sum = 0;
                for (int j = 0; j < columns; j++) {
                    double value = kernel.of(products[i * columns + j]);
                    reference.cross[fromY + j] += value;
                    sum += value;
                }
                generated.cross[fromX + i] += sum;
            }
        });
        double total = 0;
        for (double sum : generated.cross) {
            total += sum;
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
        private final double total;

        Side(Rows features, int[] clusterOf) {
            rows = features.rows();
            if (clusterOf.length != rows) {
                throw new MetricException(
                        "kid: expected a prompt for each of " + rows + " images, found " + clusterOf.length);
            }
            this.clusterOf = clusterOf.clone();
            rowSums = new double[rows];
            withinSums = new double[rows];
            cross = new double[rows];
            CubicKernel kernel = new CubicKernel(features.columns());
            RowProducts.within(features, (fromX, height, fromY, width, products) -> {
                for (int i = 0; i < height; i++) {
                    for (int j = fromX == fromY ? i + 1 : 0; j < width; j++) {
                        add(fromX + i, fromY + j, kernel.of(products[i * width + j]));
                    }
                }
            });
            double sum = 0;
            for (double rowSum : rowSums) {
                sum += rowSum;
            }
            total = sum;
        }

        private void add(int first, int second, double kernel) {
            rowSums[first] += kernel;
            rowSums[second] += kernel;
            if (clusterOf[first] == clusterOf[second]) {
                withinSums[first] += kernel;
                withinSums[second] += kernel;
            }
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
