package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;

/**
 * Which of two sets is nearer to a reference: the difference of two kernel distances, {@code KID(candidate, reference) - KID(base,
 * reference)}, as one number with one standard error (the relative similarity of Bounliphone et al. 2016, arXiv 1511.04581). The two
 * distances share the reference, and prompts where the sets are paired, so that most of their noise cancels; the jackknife leaves
 * out one prompt of both sets at a time, and one picture of the reference at a time.
 *
 * @param value below 0 where the candidate is nearer
 * @param standardError by the two jackknives
 * @param base KID of the base
 * @param candidate KID of the candidate
 * @param clusters prompts that were left out in turn
 */
public record RelativeKernelDistance(double value, double standardError, double base, double candidate, int clusters) {

    /**
     * @param base features {@code [n, d]}
     * @param baseClusters prompt of each row, in [0, clusters)
     * @param candidate features {@code [m, d]}
     * @param candidateClusters prompt of each row, in [0, clusters); equal numbers are the same prompt
     * @param reference features {@code [r, d]}
     * @param clusters how many prompts there are, each with rows on both sides
     * @throws MetricException if a side has fewer than 3 rows, there are fewer than 3 prompts, or one holds all but one row
     */
    public static RelativeKernelDistance of(
            Rows base, int[] baseClusters, Rows candidate, int[] candidateClusters, Rows reference, int clusters) {
        if (base.rows() < 3 || candidate.rows() < 3 || reference.rows() < 3 || clusters < 3) {
            throw new MetricException("relative kid: expected at least 3 pictures on each side and 3 prompts, found "
                    + base.rows() + ", " + candidate.rows() + ", " + reference.rows() + " and " + clusters);
        }
        Set before = new Set(base, baseClusters, reference, clusters);
        Set after = new Set(candidate, candidateClusters, reference, clusters);
        Side golden = new Side(reference);
        double[] ofPrompts = new double[clusters];
        for (int p = 0; p < clusters; p++) {
            ofPrompts[p] = after.withoutPrompt(p) - before.withoutPrompt(p);
        }
        double[] ofGolden = new double[reference.rows()];
        for (int g = 0; g < ofGolden.length; g++) {
            ofGolden[g] = after.withoutReference(g) - before.withoutReference(g);
        }
        double value = after.whole() - before.whole();
        double variance = jackknife(ofPrompts) + jackknife(ofGolden);
        return new RelativeKernelDistance(
                value,
                Math.sqrt(variance),
                before.whole() + golden.within(),
                after.whole() + golden.within(),
                clusters);
    }

    private static double jackknife(double[] left) {
        double mean = 0;
        for (double one : left) {
            mean += one / left.length;
        }
        double squares = 0;
        for (double one : left) {
            squares += (one - mean) * (one - mean);
        }
        return squares * (left.length - 1) / left.length;
    }

    /** Off-diagonal kernels of one set with itself. */
    private static final class Side {

        private final double[] sums;
        private final double total;
        private final int rows;

        Side(Rows features) {
            this(features, new int[0], new double[0]);
        }

        /** @param within receives the kernels inside each cluster */
        Side(Rows features, int[] clusterOf, double[] within) {
            rows = features.rows();
            sums = new double[rows];
            CubicKernel kernel = new CubicKernel(features.columns());
            RowProducts.within(features, (fromX, height, fromY, width, products) -> {
                for (int i = 0; i < height; i++) {
                    for (int j = fromX == fromY ? i + 1 : 0; j < width; j++) {
                        double value = kernel.of(products[i * width + j]);
                        sums[fromX + i] += value;
                        sums[fromY + j] += value;
                        if (within.length > 0 && clusterOf[fromX + i] == clusterOf[fromY + j]) {
                            within[clusterOf[fromX + i]] += 2 * value;
                        }
                    }
                }
            });
            double sum = 0;
            for (double one : sums) {
                sum += one;
            }
            total = sum;
        }

        double within() {
            return total / ((double) rows * (rows - 1));
        }
    }

    /** What one of the two sets adds to the difference: its own kernels, minus twice those with the reference. */
    private static final class Set {

        private final Side side;
        private final int references;
        private final int[] rowsOf;
        private final double[] rowSumsOf;
        private final double[] withinOf;
        private final double[] crossOf;
        private final double[] crossOfReference;
        private double cross;

        Set(Rows features, int[] clusterOf, Rows reference, int clusters) {
            if (clusterOf.length != features.rows()) {
                throw new MetricException("relative kid: expected a prompt for each of " + features.rows()
                        + " pictures, found " + clusterOf.length);
            }
            references = reference.rows();
            rowsOf = new int[clusters];
            rowSumsOf = new double[clusters];
            withinOf = new double[clusters];
            crossOf = new double[clusters];
            crossOfReference = new double[references];
            side = new Side(features, clusterOf, withinOf);
            CubicKernel kernel = new CubicKernel(features.columns());
            RowProducts.between(features, reference, (fromX, rows, fromY, columns, products) -> {
                for (int i = 0; i < rows; i++) {
                    double sum = 0;
                    for (int j = 0; j < columns; j++) {
                        double value = kernel.of(products[i * columns + j]);
                        crossOfReference[fromY + j] += value;
                        sum += value;
                    }
                    crossOf[clusterOf[fromX + i]] += sum;
                }
            });
            for (int row = 0; row < clusterOf.length; row++) {
                rowsOf[clusterOf[row]]++;
                rowSumsOf[clusterOf[row]] += side.sums[row];
            }
            for (double sum : crossOf) {
                cross += sum;
            }
        }

        double whole() {
            return part(side.total, side.rows, cross, references);
        }

        double withoutPrompt(int prompt) {
            int rows = side.rows - rowsOf[prompt];
            if (rows < 2) {
                throw new MetricException(
                        "relative kid: expected at least 2 pictures beside each prompt, found " + rows);
            }
            double within = side.total - 2 * rowSumsOf[prompt] + withinOf[prompt];
            return part(within, rows, cross - crossOf[prompt], references);
        }

        double withoutReference(int row) {
            return part(side.total, side.rows, cross - crossOfReference[row], references - 1);
        }

        private static double part(double within, double n, double cross, double r) {
            return within / (n * (n - 1)) - 2 * cross / (n * r);
        }
    }
}
