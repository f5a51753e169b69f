package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLeft;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsbev;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsymm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyr2k;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Eigenvalues of large symmetric matrices by way of a band: Householder reflections, 32 at a time, turn the matrix into one of 32
 * diagonals beside the main one, in products of matrices (Bischof, Lang and Sun 2000, ACM TOMS 26:581), and LAPACK's {@code dsbev}
 * does the rest. LAPACK's own one-stage reduction reads the whole matrix for every column; its two-stage one takes
 * longer than both in the version that comes with ND4J. Values are not scaled first: squares of the largest must be doubles, as those
 * of covariances of features are.
 */
final class BandReduction {

    private static final int BAND = 32;

    private final int n;
    /** Column-major lower triangle. */
    private final DoublePointer matrix;

    private final double[][] panel;
    private final double[] scales = new double[BAND];

    private BandReduction(int n, DoublePointer matrix) {
        this.n = n;
        this.matrix = matrix;
        panel = new double[BAND][n];
    }

    /** Ascending, of the column-major lower triangle, which is destroyed. */
    static double[] eigenvalues(int n, DoublePointer matrix) {
        return new BandReduction(n, matrix).eigenvalues();
    }

    private double[] eigenvalues() {
        try (DoublePointer reflections = new DoublePointer((long) n * BAND);
                DoublePointer scaled = new DoublePointer((long) n * BAND);
                DoublePointer update = new DoublePointer((long) n * BAND);
                DoublePointer small = new DoublePointer((long) BAND * BAND)) {
            for (int first = 0; first + BAND + 1 < n; first += BAND) {
                reduce(first, reflections, scaled, update, small);
            }
        }
        double[] band = new double[(BAND + 1) * n];
        for (int j = 0; j < n; j++) {
            matrix.position((long) j * n + j).get(band, j * (BAND + 1), Math.min(BAND + 1, n - j));
        }
        matrix.position(0);
        double[] eigenvalues = new double[n];
        LinearAlgebra.requireConverged(LAPACKE_dsbev(
                LAPACK_COL_MAJOR, (byte) 'N', (byte) 'L', n, BAND, band, BAND + 1, eigenvalues, new double[1], 1));
        return eigenvalues;
    }

    /** {@code Q' A Q} with the Q that turns the columns from {@code first} into a band. */
    private void reduce(
            int first, DoublePointer reflections, DoublePointer scaled, DoublePointer update, DoublePointer small) {
        int below = first + BAND;
        int m = n - below;
        for (int c = 0; c < BAND; c++) {
            matrix.position((long) (first + c) * n + below).get(panel[c], 0, m);
        }
        int count = Math.min(m, BAND);
        factorPanel(m, count);
        for (int c = 0; c < BAND; c++) {
            matrix.position((long) (first + c) * n + below).put(panel[c], 0, Math.min(c + 1, m));
        }
        for (int c = 0; c < count; c++) {
            Arrays.fill(panel[c], 0, c, 0);
            panel[c][c] = 1;
            reflections.position((long) c * m).put(panel[c], 0, m);
        }
        reflections.position(0);
        // Q = I - V T V'; with Y = V T, W = A Y and Z = W - V (Y' W) / 2 the result is A - V Z' - Z V'.
        DoublePointer rest = matrix.position((long) below * n + below);
        product(CblasTrans, count, count, m, 1, reflections, m, reflections, m, 0, small, count);
        small.put(triangle(small, count), 0, count * count);
        product(CblasNoTrans, m, count, count, 1, reflections, m, small, count, 0, scaled, m);
        cblas_dsymm(CblasColMajor, CblasLeft, CblasLower, m, count, 1, rest, n, scaled, m, 0, update, m);
        product(CblasTrans, count, count, m, 1, scaled, m, update, m, 0, small, count);
        product(CblasNoTrans, m, count, count, -.5, reflections, m, small, count, 1, update, m);
        cblas_dsyr2k(CblasColMajor, CblasLower, CblasNoTrans, m, count, -1, reflections, m, update, m, 1, rest, n);
        matrix.position(0);
    }

    private static void product(
            int transposeLeft,
            int rows,
            int columns,
            int inner,
            double factor,
            DoublePointer left,
            int leftRows,
            DoublePointer right,
            int rightRows,
            double keep,
            DoublePointer to,
            int toRows) {
        cblas_dgemm(
                CblasColMajor,
                transposeLeft,
                CblasNoTrans,
                rows,
                columns,
                inner,
                factor,
                left,
                leftRows,
                right,
                rightRows,
                keep,
                to,
                toRows);
    }

    /** QR of the panel: R above, the reflections below the diagonal. In Java, because LAPACK's threads would wait for each other. */
    private void factorPanel(int m, int count) {
        for (int c = 0; c < BAND; c++) {
            for (int k = 0; k < Math.min(c, count); k++) {
                double sum = scales[k] * (panel[c][k] + dot(panel[k], panel[c], k + 1, m));
                panel[c][k] -= sum;
                subtract(sum, panel[k], panel[c], k + 1, m);
            }
            if (c < count) {
                scales[c] = reflect(panel[c], c, m);
            }
        }
    }

    /** Turns a column's rest into a reflection that leaves only its first value. */
    private static double reflect(double[] column, int c, int m) {
        double squares = dot(column, column, c + 1, m);
        if (squares == 0) {
            return 0;
        }
        double first = column[c];
        double length = -Math.copySign(Math.sqrt(first * first + squares), first);
        for (int i = c + 1; i < m; i++) {
            column[i] /= first - length;
        }
        column[c] = length;
        return (length - first) / length;
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static void subtract(double factor, double[] a, double[] from, int start, int end) {
        for (int i = start; i < end; i++) {
            from[i] -= factor * a[i];
        }
    }

    /** T of the reflections, upper triangular, from their products with each other. */
    private double[] triangle(DoublePointer products, int count) {
        double[] gram = new double[count * count];
        products.get(gram);
        double[] triangle = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int row = 0; row < i; row++) {
                double sum = 0;
                for (int k = row; k < i; k++) {
                    sum += triangle[k * count + row] * gram[i * count + k];
                }
                triangle[i * count + row] = -scales[i] * sum;
            }
            triangle[i * count + i] = scales[i];
        }
        return triangle;
    }
}
