package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dbdsqr;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgbbrd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Singular values of large matrices by way of a band: Householder reflections from the left and from the right, a panel at a time,
 * leave the diagonal and {@value #BAND} diagonals above it, in products of matrices (Großer and Lang 1999, Parallel Computing
 * 25:969), and LAPACK's {@code dgbbrd} and {@code dbdsqr} do the rest. LAPACK's own one-stage reduction reads the whole matrix for
 * every row and every column. Values are not scaled first: squares of the largest must be doubles.
 */
final class BandBidiagonal {

    static final int BAND = 32;

    private final int rows;
    private final int columns;
    /** Column-major, at least as many rows as columns. */
    private final DoublePointer matrix;

    private final double[][] panel;
    private final double[] scales = new double[BAND];

    private BandBidiagonal(int rows, int columns, DoublePointer matrix) {
        this.rows = rows;
        this.columns = columns;
        this.matrix = matrix;
        panel = new double[BAND][rows];
    }

    /**
     * Descending, of a column-major matrix, which is destroyed.
     *
     * @param rows at least {@code columns}
     */
    static double[] singularValues(int rows, int columns, DoublePointer matrix) {
        return new BandBidiagonal(rows, columns, matrix).singularValues();
    }

    private double[] singularValues() {
        try (DoublePointer reflections = new DoublePointer((long) rows * BAND);
                DoublePointer products = new DoublePointer((long) rows * BAND);
                DoublePointer update = new DoublePointer((long) rows * BAND);
                DoublePointer small = new DoublePointer((long) BAND * BAND)) {
            for (int first = 0; first < columns; first += BAND) {
                int width = Math.min(BAND, columns - first);
                matrix.position(0);
                reduceColumns(first, width, reflections, products, update, small);
                if (first + width < columns) {
                    reduceRows(first, width, reflections, products, update, small);
                }
            }
        }
        return ofBand();
    }

    /** Leaves an upper triangle of the columns {@code [first, first + width)} below row {@code first}. */
    private void reduceColumns(
            int first,
            int width,
            DoublePointer reflections,
            DoublePointer products,
            DoublePointer update,
            DoublePointer small) {
        int m = rows - first;
        int rest = columns - first - width;
        for (int c = 0; c < width; c++) {
            at(first, first + c).get(panel[c], 0, m);
        }
        factorPanel(m, width, width);
        for (int c = 0; c < width; c++) {
            at(first, first + c).put(panel[c], 0, c + 1);
        }
        matrix.position(0);
        if (rest > 0) {
            triangle(m, width, reflections, small);
            // Q' A = A - V T' (V' A), some columns at a time
            long others = (first + width) * (long) rows + first;
            Slices.each(rest, (from, n) -> {
                DoublePointer a = matrix.getPointer(others + (long) from * rows);
                DoublePointer w = products.getPointer((long) from * width);
                DoublePointer u = update.getPointer((long) from * width);
                product(CblasTrans, CblasNoTrans, width, n, m, 1, reflections, m, a, rows, 0, w, width);
                product(CblasTrans, CblasNoTrans, width, n, width, 1, small, width, w, width, 0, u, width);
                product(CblasNoTrans, CblasNoTrans, m, n, width, -1, reflections, m, u, width, 1, a, rows);
            });
        }
        matrix.position(0);
    }

    /** Leaves a lower triangle of the rows {@code [first, first + width)} behind column {@code first + width}. */
    private void reduceRows(
            int first,
            int width,
            DoublePointer reflections,
            DoublePointer products,
            DoublePointer update,
            DoublePointer small) {
        int from = first + width;
        int n = columns - from;
        int m = rows - from;
        int count = Math.min(width, n);
        double[] column = new double[width];
        for (int j = 0; j < n; j++) {
            at(first, from + j).get(column, 0, width);
            for (int c = 0; c < width; c++) {
                panel[c][j] = column[c];
            }
        }
        factorPanel(n, width, count);
        for (int j = 0; j < count; j++) {
            for (int c = 0; c < width; c++) {
                column[c] = c < j ? 0 : panel[c][j];
            }
            at(first, from + j).put(column, 0, width);
        }
        matrix.position(0);
        triangle(n, count, reflections, small);
        // A Q = A - (A V) T V', some rows at a time
        long others = (long) from * rows + from;
        Slices.each(m, (row, height) -> {
            DoublePointer a = matrix.getPointer(others + row);
            DoublePointer w = products.getPointer(row);
            DoublePointer u = update.getPointer(row);
            product(CblasNoTrans, CblasNoTrans, height, count, n, 1, a, rows, reflections, n, 0, w, m);
            product(CblasNoTrans, CblasNoTrans, height, count, count, 1, w, m, small, count, 0, u, m);
            product(CblasNoTrans, CblasTrans, height, n, count, -1, u, m, reflections, n, 1, a, rows);
        });
        matrix.position(0);
    }

    private double[] ofBand() {
        int width = BAND + 1;
        double[] band = new double[width * columns];
        for (int j = 0; j < columns; j++) {
            int top = Math.max(0, j - BAND);
            at(top, j).get(band, j * width + BAND - (j - top), j - top + 1);
        }
        matrix.position(0);
        double[] diagonal = new double[columns];
        double[] above = new double[columns];
        double[] none = new double[1];
        LinearAlgebra.requireConverged(LAPACKE_dgbbrd(
                LAPACK_COL_MAJOR,
                (byte) 'N',
                columns,
                columns,
                0,
                0,
                BAND,
                band,
                width,
                diagonal,
                above,
                none,
                1,
                none,
                1,
                none,
                1));
        LinearAlgebra.requireConverged(LAPACKE_dbdsqr(
                LAPACK_COL_MAJOR, (byte) 'U', columns, 0, 0, 0, diagonal, above, none, 1, none, 1, none, 1));
        return diagonal;
    }

    private DoublePointer at(int row, int column) {
        return matrix.position((long) column * rows + row);
    }

    private static void product(
            int transposeLeft,
            int transposeRight,
            int rows,
            int columns,
            int inner,
            double factor,
            DoublePointer left,
            int leftStride,
            DoublePointer right,
            int rightStride,
            double keep,
            DoublePointer to,
            int toStride) {
        cblas_dgemm(
                CblasColMajor,
                transposeLeft,
                transposeRight,
                rows,
                columns,
                inner,
                factor,
                left,
                leftStride,
                right,
                rightStride,
                keep,
                to,
                toStride);
    }

    /** QR of the panel: R above, the reflections below the diagonal. In Java, because LAPACK's threads would wait for each other. */
    private void factorPanel(int length, int width, int count) {
        for (int c = 0; c < width; c++) {
            for (int k = 0; k < Math.min(c, count); k++) {
                double sum = scales[k] * (panel[c][k] + dot(panel[k], panel[c], k + 1, length));
                panel[c][k] -= sum;
                subtract(sum, panel[k], panel[c], k + 1, length);
            }
            if (c < count) {
                scales[c] = reflect(panel[c], c, length);
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

    /** V of the panel's reflections, and the T, upper triangular, with which their product is {@code I - V T V'}. */
    private void triangle(int length, int count, DoublePointer reflections, DoublePointer small) {
        for (int c = 0; c < count; c++) {
            Arrays.fill(panel[c], 0, c, 0);
            panel[c][c] = 1;
            reflections.position((long) c * length).put(panel[c], 0, length);
        }
        reflections.position(0);
        product(
                CblasTrans,
                CblasNoTrans,
                count,
                count,
                length,
                1,
                reflections,
                length,
                reflections,
                length,
                0,
                small,
                count);
        double[] gram = new double[count * count];
        small.get(gram);
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
        small.put(triangle, 0, count * count);
    }
}
