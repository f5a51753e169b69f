package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;

/** The unbiased discrepancy of a subset: {@code (off-diagonal xx + off-diagonal yy) / (m (m - 1)) - 2 xy / m^2}. */
interface SubsetKernels {

    /** Of subsets of equal size. */
    double discrepancy(int[] generated, int[] reference);

    /** All kernels computed once. Right for small sets. */
    static SubsetKernels lookedUp(Matrix generated, Matrix reference) {
        Matrix xx = CubicKernel.of(generated, generated);
        Matrix yy = CubicKernel.of(reference, reference);
        Matrix xy = CubicKernel.of(generated, reference);
        return (x, y) -> combine(offDiagonal(xx, x), offDiagonal(yy, y), sum(xy, x, y), x.length);
    }

    /** Kernels of each subset computed anew. Right for sets whose kernels do not fit in memory. */
    static SubsetKernels computed(Rows generated, Rows reference) {
        return (x, y) -> {
            Matrix a = generated.select(x).matrix();
            Matrix b = reference.select(y).matrix();
            int[] all = range(x.length);
            return combine(
                    offDiagonal(CubicKernel.of(a, a), all),
                    offDiagonal(CubicKernel.of(b, b), all),
                    sum(CubicKernel.of(a, b), all, all),
                    x.length);
        };
    }

    private static double combine(double xx, double yy, double xy, double m) {
        return (xx + yy) / (m * (m - 1)) - 2 * xy / (m * m);
    }

    private static double offDiagonal(Matrix kernels, int[] indices) {
        double diagonal = 0;
        for (int index : indices) {
            diagonal += kernels.value(index, index);
        }
        return sum(kernels, indices, indices) - diagonal;
    }

    private static double sum(Matrix kernels, int[] rows, int[] columns) {
        double sum = 0;
        for (int row : rows) {
            int offset = row * kernels.columns();
            double rowSum = 0;
            for (int column : columns) {
                rowSum += kernels.values()[offset + column];
            }
            sum += rowSum;
        }
        return sum;
    }

    private static int[] range(int n) {
        int[] range = new int[n];
        for (int i = 0; i < n; i++) {
            range[i] = i;
        }
        return range;
    }
}
