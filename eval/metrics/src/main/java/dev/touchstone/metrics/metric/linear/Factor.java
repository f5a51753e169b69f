package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf_work;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsygst_work;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;

/** A factor {@code f} of a symmetric positive semi-definite matrix {@code a = f * f'}. */
public final class Factor {

    private final int n;
    /** Cholesky's lower triangle, column-major, in native memory: arrays would be copied there by each call. */
    private final Optional<DoublePointer> triangle;

    private final Optional<Matrix> full;

    private Factor(int n, Optional<DoublePointer> triangle, Optional<Matrix> full) {
        this.n = n;
        this.triangle = triangle;
        this.full = full;
    }

    /** A factor that is known, {@code [n, rank]}. */
    public static Factor known(Matrix factor) {
        return new Factor(factor.rows(), Optional.empty(), Optional.of(factor));
    }

    /**
     * Factors a matrix: Cholesky where it succeeds, else eigenvectors scaled by the roots of the eigenvalues above rounding, at
     * least one.
     *
     * @throws ArithmeticException if the matrix holds values that are not finite
     */
    public static Factor of(Matrix a) {
        int n = LinearAlgebra.requireSquare(a);
        LinearAlgebra.requireFinite(a);
        DoublePointer triangle = new DoublePointer(a.values());
        if (LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, (byte) 'L', n, triangle, n) == 0) {
            return new Factor(n, Optional.of(triangle), Optional.empty());
        }
        triangle.close();
        return known(ofEigenvectors(a));
    }

    private static Matrix ofEigenvectors(Matrix a) {
        int n = a.rows();
        double[] vectors = a.values().clone();
        double[] eigenvalues = new double[n];
        LinearAlgebra.requireConverged(
                LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, vectors, n, eigenvalues));
        double floor = n * Math.ulp(1.0) * Math.max(eigenvalues[n - 1], 0);
        int first = 0;
        while (first < n - 1 && eigenvalues[first] <= floor) {
            first++;
        }
        int rank = n - first;
        double[] factor = new double[n * rank];
        for (int k = 0; k < rank; k++) {
            double root = Math.sqrt(Math.max(eigenvalues[first + k], 0));
            for (int i = 0; i < n; i++) {
                factor[i * rank + k] = root * vectors[(first + k) * n + i];
            }
        }
        return new Matrix(n, rank, factor);
    }

    /** The factor, {@code [n, rank]}. */
    public Matrix matrix() {
        return full.orElseGet(() -> {
            double[] values = new double[n * n];
            triangle.orElseThrow().get(values);
            double[] rows = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    rows[i * n + j] = values[j * n + i];
                }
            }
            return new Matrix(n, n, rows);
        });
    }

    /**
     * Eigenvalues of {@code f' * b * f} for a symmetric {@code b}, which are those of {@code b * (f * f')} but for zeros.
     *
     * @return ascending
     * @throws ArithmeticException if the matrix holds values that are not finite
     */
    public double[] congruentEigenvalues(Matrix b) {
        if (LinearAlgebra.requireSquare(b) != n) {
            throw new IllegalArgumentException("factor: expected a matrix of " + n + " rows, found " + b.rows());
        }
        if (full.isPresent()) {
            Matrix factor = full.get();
            return LinearAlgebra.symmetricEigenvalues(
                    LinearAlgebra.transposedProduct(factor, LinearAlgebra.product(b, factor)));
        }
        LinearAlgebra.requireFinite(b);
        try (DoublePointer product = new DoublePointer(b.values())) {
            LinearAlgebra.requireConverged(
                    LAPACKE_dsygst_work(LAPACK_COL_MAJOR, 2, (byte) 'L', n, product, n, triangle.orElseThrow(), n));
            return LinearAlgebra.eigenvalues(n, product);
        }
    }
}
