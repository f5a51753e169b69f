package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLeft;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf_work;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dtrmm;

import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;

/** A factor {@code f} of a symmetric positive semi-definite matrix {@code a = f * f'}. */
public final class Factor {

    private final int n;
    /** Cholesky's lower triangle, column-major, in native memory: arrays would be copied there by each call. */
    private final Optional<DoublePointer> triangle;

    private final Optional<Matrix> known;

    private final double trace;

    private Factor(int n, double trace, Optional<DoublePointer> triangle, Optional<Matrix> known) {
        this.n = n;
        this.trace = trace;
        this.triangle = triangle;
        this.known = known;
    }

    /** The factor {@code rows'} of {@code rows' * rows}. */
    public static Factor ofRows(Matrix rows) {
        return new Factor(rows.columns(), rows.squaredNorm(), Optional.empty(), Optional.of(rows));
    }

    /**
     * Factors a matrix: Cholesky where it succeeds, with rows and columns of zeros set aside, else eigenvectors scaled by the roots of the eigenvalues above rounding, at
     * least one.
     *
     * @param slack how far below zero an eigenvalue may lie by rounding of what the matrix was computed from, at least 0;
     *     {@code n * ulp(1)} of the largest is granted in any case
     * @throws IndefiniteMatrixException if an eigenvalue lies further below
     * @throws ArithmeticException if the matrix holds values that are not finite
     */
    public static Factor of(Matrix a, double slack) {
        OpenBlas.require();
        int n = LinearAlgebra.requireSquare(a);
        LinearAlgebra.requireFinite(a);
        Optional<DoublePointer> triangle = cholesky(n, a.values());
        if (triangle.isPresent()) {
            return new Factor(n, a.trace(), triangle, Optional.empty());
        }
        int[] live = IntStream.range(0, n).filter(i -> !isZero(a, i)).toArray();
        return live.length < n && live.length > 0 ? ofLive(a, live, slack) : ofRows(ofEigenvectors(a, slack));
    }

    /** The lower triangle, unless the matrix is not positive definite. */
    private static Optional<DoublePointer> cholesky(int n, double[] values) {
        DoublePointer triangle = new DoublePointer(values);
        int info = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, (byte) 'L', n, triangle, n);
        if (info == 0) {
            return Optional.of(triangle);
        }
        triangle.close();
        if (info < 0) {
            throw new ArithmeticException("Cholesky: expected status 0, found LAPACK status " + info);
        }
        return Optional.empty();
    }

    /** A feature that is the same for all images has a row and a column of zeros. */
    private static boolean isZero(Matrix a, int row) {
        for (int j = 0; j < a.columns(); j++) {
            if (a.value(row, j) != 0 || a.value(j, row) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Factor ofLive(Matrix a, int[] live, double slack) {
        double[] values = new double[live.length * live.length];
        for (int i = 0; i < live.length; i++) {
            for (int j = 0; j < live.length; j++) {
                values[i * live.length + j] = a.value(live[i], live[j]);
            }
        }
        Matrix rows = of(new Matrix(live.length, live.length, values), slack).rows();
        double[] spread = new double[rows.rows() * a.rows()];
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < live.length; j++) {
                spread[i * a.rows() + live[j]] = rows.value(i, j);
            }
        }
        return ofRows(new Matrix(rows.rows(), a.rows(), spread));
    }

    /** The rows {@code f'}. */
    private static Matrix ofEigenvectors(Matrix a, double slack) {
        int n = a.rows();
        double[] vectors = a.values().clone();
        double[] eigenvalues = new double[n];
        LinearAlgebra.requireConverged(
                LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, vectors, n, eigenvalues));
        double rounding = n * Math.ulp(1.0) * Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[n - 1]));
        if (!(eigenvalues[0] >= -Math.max(rounding, slack))) {
            throw new IndefiniteMatrixException(eigenvalues[0], eigenvalues[n - 1]);
        }
        int first = 0;
        while (first < n - 1 && eigenvalues[first] <= rounding) {
            first++;
        }
        int rank = n - first;
        double[] rows = new double[rank * n];
        for (int k = 0; k < rank; k++) {
            // The largest of a matrix of zeros may be below zero by rounding too.
            double root = Math.sqrt(Math.max(eigenvalues[first + k], 0));
            for (int i = 0; i < n; i++) {
                rows[k * n + i] = root * vectors[(first + k) * n + i];
            }
        }
        return new Matrix(rank, n, rows);
    }

    /** The factor's transpose {@code f'}, {@code [rank, n]}. */
    public Matrix rows() {
        return known.orElseGet(() -> {
            // Column-major f is row-major f'; what lies below the diagonal there is not part of it.
            double[] values = new double[n * n];
            triangle.orElseThrow().get(values);
            for (int i = 1; i < n; i++) {
                java.util.Arrays.fill(values, i * n, i * n + i, 0);
            }
            return new Matrix(n, n, values);
        });
    }

    /** The trace of {@code f * f'}. */
    public double trace() {
        return trace;
    }

    /**
     * Singular values of {@code f' * g} of another factor g, which are the roots of the eigenvalues of
     * {@code (f * f') * (g * g')} but for zeros. The other way round they are the same but for rounding.
     *
     * @return descending
     */
    public double[] crossSingularValues(Factor other) {
        if (other.n != n) {
            throw new IllegalArgumentException("factor: expected one of " + n + " rows, found " + other.n);
        }
        if (triangle.isEmpty() || other.triangle.isEmpty()) {
            return LinearAlgebra.singularValues(LinearAlgebra.productTransposed(rows(), other.rows()));
        }
        try (DoublePointer product = new DoublePointer((long) n * n)) {
            Pointer.memcpy(product, other.triangle.get(), (long) n * n * Double.BYTES);
            double[] zeros = new double[n];
            for (int j = 1; j < n; j++) {
                product.position((long) j * n).put(zeros, 0, j);
            }
            product.position(0);
            LinearAlgebra.withOneThread(() -> {
                Slices.each(
                        n,
                        (from, count) -> cblas_dtrmm(
                                CblasColMajor,
                                CblasLeft,
                                CblasLower,
                                CblasTrans,
                                CblasNonUnit,
                                n,
                                count,
                                1,
                                triangle.get(),
                                n,
                                product.getPointer((long) from * n),
                                n));
                return product;
            });
            return LinearAlgebra.singularValues(n, n, product);
        }
    }
}
