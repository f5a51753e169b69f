package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Map;
import java.util.TreeMap;

/**
 * The full estimate and the estimates without one cluster, all from row sums of the kernels: tiles are computed and summed,
 * no kernel matrix is kept. Two images of one cluster are no independent pair, so the mean kernel of a side leaves them out:
 * what they have in common beside what any two images have would be taken for a distance.
 */
final class KernelJackknife {

    private final Side generated;
    private final Side reference;
    private final double cross;

    KernelJackknife(Rows x, int[] xClusters, Rows y, int[] yClusters) {
        this(x, new Side(x, xClusters), y, new Side(y, yClusters));
    }

    /** Of a reference whose images are independent, and whose kernels are summed already. */
    KernelJackknife(Rows x, int[] xClusters, Rows y, KernelSums sums) {
        this(x, new Side(x, xClusters), y, new Side(sums));
    }

    private KernelJackknife(Rows x, Side generated, Rows y, Side reference) {
        this.generated = generated;
        this.reference = reference;
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
        generated.close();
        reference.close();
    }

    UnbiasedEstimate estimate() {
        double pairs = (double) generated.rows * reference.rows;
        double value = generated.total / generated.pairs + reference.total / reference.pairs - 2 * cross / pairs;
        double first = variance(generated, reference);
        double second = variance(reference, generated);
        return new UnbiasedEstimate(
                value,
                Math.sqrt(first + second),
                degreesOfFreedom(first, generated.clusters.size() - 1, second, reference.clusters.size() - 1));
    }

    /** Jackknife variance over the clusters of one side, the other side held. */
    private double variance(Side side, Side other) {
        double[] left = new double[side.clusters.size()];
        int index = 0;
        double mean = 0;
        for (Cluster cluster : side.clusters.values()) {
            double rows = side.rows - cluster.rows;
            // Ordered pairs of other clusters, and of this one with others in both orders.
            double pairs = side.pairs - 2.0 * cluster.rows * rows;
            double within = side.total - 2 * (cluster.rowSums - cluster.within);
            left[index] =
                    within / pairs + other.total / other.pairs - 2 * (cross - cluster.cross) / (rows * other.rows);
            mean += left[index++] / left.length;
        }
        double squares = 0;
        for (double value : left) {
            squares += (value - mean) * (value - mean);
        }
        return squares * (left.length - 1) / left.length;
    }

    /** Of a sum of two variances (Satterthwaite 1946, Biometrics Bulletin 2:110-114). */
    private static double degreesOfFreedom(double first, double ofFirst, double second, double ofSecond) {
        double sum = first + second;
        return sum == 0 ? ofFirst + ofSecond : sum * sum / (first * first / ofFirst + second * second / ofSecond);
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
        private final Map<Integer, Cluster> clusters = new TreeMap<>();
        /** Sum over ordered pairs of different clusters, and how many they are. */
        private final double total;

        private final double pairs;

        Side(Rows features, int[] clusterOf) {
            rows = features.rows();
            if (clusterOf.length != rows) {
                throw new MetricException(
                        "kid: expected a prompt for each of " + rows + " images, found " + clusterOf.length);
            }
            for (int cluster : clusterOf) {
                clusters.computeIfAbsent(cluster, key -> new Cluster()).rows++;
            }
            if (clusters.size() < 3) {
                throw new MetricException("kid: expected at least 3 prompts on each side, found " + clusters.size()
                        + "; an interval needs independent images");
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
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                sum += rowSums[row] - withinSums[row];
            }
            for (Cluster cluster : clusters.values()) {
                squares += (double) cluster.rows * cluster.rows;
            }
            total = sum;
            pairs = (double) rows * rows - squares;
        }

        /** Every image a cluster of its own. */
        Side(KernelSums sums) {
            rows = sums.rows().length;
            if (rows < 3) {
                throw new MetricException("kid: expected at least 3 prompts on each side, found " + rows
                        + "; an interval needs independent images");
            }
            clusterOf = new int[rows];
            for (int row = 0; row < rows; row++) {
                clusterOf[row] = row;
                clusters.computeIfAbsent(row, key -> new Cluster()).rows++;
            }
            rowSums = sums.rows();
            withinSums = new double[rows];
            cross = new double[rows];
            total = sums.total();
            pairs = (double) rows * rows - rows;
        }

        private void add(int first, int second, double kernel) {
            rowSums[first] += kernel;
            rowSums[second] += kernel;
            if (clusterOf[first] == clusterOf[second]) {
                withinSums[first] += kernel;
                withinSums[second] += kernel;
            }
        }

        /** Sums the rows of each cluster up, once all kernels are there. */
        private void close() {
            for (int row = 0; row < rows; row++) {
                Cluster cluster = clusters.get(clusterOf[row]);
                cluster.rowSums += rowSums[row];
                cluster.within += withinSums[row];
                cluster.cross += cross[row];
            }
        }
    }
}
