package dev.touchstone.eval.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyev_2stage;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsygst;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;

/** Products and decompositions. Symmetric matrices are read from their lower triangle. Inputs are left as they are. */
public final class LinearAlgebra {

    private static final int TWO_STAGES = 512;

    private LinearAlgebra() {}

    /** {@code a * b}, {@code [a.rows, b.columns]}. */
    public static Matrix product(Matrix a, Matrix b) {
        return gemm(a, CblasNoTrans, b, CblasNoTrans, a.rows(), b.columns(), a.columns(), b.rows());
    }

    /** {@code a * b'}, {@code [a.rows, b.rows]}. */
    public static Matrix productTransposed(Matrix a, Matrix b) {
        return gemm(a, CblasNoTrans, b, CblasTrans, a.rows(), b.rows(), a.columns(), b.columns());
    }

    /** {@code a' * b}, {@code [a.columns, b.columns]}. */
    public static Matrix transposedProduct(Matrix a, Matrix b) {
        return gemm(a, CblasTrans, b, CblasNoTrans, a.columns(), b.columns(), a.rows(), b.rows());
    }

    private static Matrix gemm(Matrix a, int transposeA, Matrix b, int transposeB, int m, int n, int k, int kOfB) {
        if (k != kOfB) {
            throw new IllegalArgumentException("product: expected equal inner sides, found " + k + " and " + kOfB);
        }
        double[] c = new double[Math.multiplyExact(m, n)];
        if (c.length > 0 && k > 0) {
            cblas_dgemm(
                    CblasRowMajor,
                    transposeA,
                    transposeB,
                    m,
                    n,
                    k,
                    1,
                    a.values(),
                    a.columns(),
                    b.values(),
                    b.columns(),
                    0,
                    c,
                    n);
        }
        return new Matrix(m, n, c);
    }

    /** Adds the lower triangle of {@code a' * a} to that of a square matrix, in place. */
    public static void addGram(Matrix a, double[] lower) {
        int n = a.columns();
        if (a.rows() > 0) {
            cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, n, a.rows(), 1, a.values(), n, 1, lower, n);
        }
    }

    /**
     * Eigenvalues of a symmetric matrix, ascending.
     *
     * @throws ArithmeticException if the matrix holds values that are not finite
     */
    public static double[] symmetricEigenvalues(Matrix a) {
        requireSquare(a);
        requireFinite(a);
        try (DoublePointer work = new DoublePointer(a.values())) {
            return eigenvalues(a.rows(), work);
        }
    }

    /** Of the column-major upper triangle, which is destroyed. */
    private static double[] eigenvalues(int n, DoublePointer work) {
        try (DoublePointer eigenvalues = new DoublePointer((long) n)) {
            // Reduction in two stages is twice as fast where the matrix does not fit in the caches.
            requireConverged(
                    n < TWO_STAGES
                            ? LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'N', (byte) 'U', n, work, n, eigenvalues)
                            : LAPACKE_dsyev_2stage(LAPACK_COL_MAJOR, (byte) 'N', (byte) 'U', n, work, n, eigenvalues));
            double[] values = new double[n];
            eigenvalues.get(values);
            return values;
        }
    }

    /**
     * A factor of a symmetric positive semi-definite matrix.
     *
     * @param matrix {@code f} with {@code f * f' = a}, {@code [n, rank]}
     * @param shape what it looks like
     */
    public record Factor(Matrix matrix, Shape shape) {

        /** Shapes of factors. */
        public enum Shape {
            LOWER_TRIANGLE,
            FULL
        }
    }

    /**
     * Factors a symmetric positive semi-definite matrix: Cholesky where it succeeds, else eigenvectors scaled by the roots
     * of the eigenvalues above rounding, at least one.
     */
    public static Factor factor(Matrix a) {
        return cholesky(a)
                .map(matrix -> new Factor(matrix, Factor.Shape.LOWER_TRIANGLE))
                .orElseGet(() -> new Factor(eigenFactor(a), Factor.Shape.FULL));
    }

    /** Eigenvalues of {@code f' * a * f}, which are those of {@code a * (f * f')} but for zeros; ascending. */
    public static double[] congruentEigenvalues(Matrix a, Factor factor) {
        int n = requireSquare(a);
        if (factor.shape() == Factor.Shape.FULL) {
            return symmetricEigenvalues(transposedProduct(factor.matrix(), product(a, factor.matrix())));
        }
        requireFinite(a);
        // In native memory all the way: arrays would be copied there and back by each call.
        try (DoublePointer product = new DoublePointer(a.values());
                DoublePointer triangle = new DoublePointer(factor.matrix().values())) {
            // The row-major lower factor is the column-major upper one: U a U' with U = f'.
            requireConverged(LAPACKE_dsygst(LAPACK_COL_MAJOR, 2, (byte) 'U', n, product, n, triangle, n));
            return eigenvalues(n, product);
        }
    }

    private static Optional<Matrix> cholesky(Matrix a) {
        int n = requireSquare(a);
        double[] work = finiteCopy(a);
        // Row-major lower is column-major upper.
        int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'U', n, work, n);
        if (info != 0) {
            return Optional.empty();
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(work, i * n + i + 1, (i + 1) * n, 0);
        }
        return Optional.of(new Matrix(n, n, work));
    }

    private static Matrix eigenFactor(Matrix a) {
        int n = requireSquare(a);
        double[] vectors = finiteCopy(a);
        double[] eigenvalues = new double[n];
        requireConverged(LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, vectors, n, eigenvalues));
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

    /** Sum of the singular values. */
    public static double nuclearNorm(Matrix a) {
        double sum = 0;
        for (double value : singularValues(a)) {
            sum += value;
        }
        return sum;
    }

    /**
     * Singular values, not via {@code a' * a}: squaring would lose half of the digits.
     *
     * @return descending
     */
    public static double[] singularValues(Matrix a) {
        int k = Math.min(a.rows(), a.columns());
        double[] work = finiteCopy(a);
        double[] values = new double[k];
        if (k > 0) {
            double[] none = new double[1];
            // Row-major a is column-major a': the singular values are the same.
            requireConverged(LAPACKE_dgesdd(
                    LAPACK_COL_MAJOR, (byte) 'N', a.columns(), a.rows(), work, a.columns(), values, none, 1, none, 1));
        }
        return values;
    }

    private static double[] finiteCopy(Matrix a) {
        requireFinite(a);
        return a.values().clone();
    }

    private static void requireFinite(Matrix a) {
        for (double value : a.values()) {
            if (!Double.isFinite(value)) {
                throw new ArithmeticException("matrix: expected finite values, found " + value);
            }
        }
    }

    private static int requireSquare(Matrix a) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("matrix: expected equal sides, found " + a.rows() + " x " + a.columns());
        }
        return a.rows();
    }

    private static void requireConverged(int info) {
        if (info != 0) {
            throw new ArithmeticException("decomposition: expected convergence, found LAPACK status " + info);
        }
    }
}
