package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;

/** Products and decompositions, by OpenBLAS once its self-check has passed ({@link dev.touchstone.metrics.engine.EngineException} if not). Of symmetric matrices one triangle is read. Inputs are left as they are. */
public final class LinearAlgebra {

    /** From here on a matrix does not fit in a core's cache. */
    private static final int LARGE = 384;

    private LinearAlgebra() {}

    /**
     * Work of many small products, several at a time: OpenBLAS's own threads would wait for each other in each of them, which
     * takes twice the time. Holds for the whole process until the work is done.
     */
    public static <T> T withOneThread(Supplier<T> work) {
        int threads = blas_get_num_threads();
        blas_set_num_threads(1);
        try {
            return work.get();
        } finally {
            blas_set_num_threads(threads);
        }
    }

    /** {@code a * b}, {@code [a.rows, b.columns]}. */
    public static Matrix product(Matrix a, Matrix b) {
        OpenBlas.require();
        return gemm(a, CblasNoTrans, b, CblasNoTrans, a.rows(), b.columns(), a.columns(), b.rows());
    }

    /** {@code a * b'}, {@code [a.rows, b.rows]}. */
    public static Matrix productTransposed(Matrix a, Matrix b) {
        OpenBlas.require();
        return gemm(a, CblasNoTrans, b, CblasTrans, a.rows(), b.rows(), a.columns(), b.columns());
    }

    /** {@code a' * b}, {@code [a.columns, b.columns]}. */
    public static Matrix transposedProduct(Matrix a, Matrix b) {
        OpenBlas.require();
        return gemm(a, CblasTrans, b, CblasNoTrans, a.columns(), b.columns(), a.rows(), b.rows());
    }

    static Matrix gemm(Matrix a, int transposeA, Matrix b, int transposeB, int m, int n, int k, int kOfB) {
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
        OpenBlas.require();
        syrk(a, lower);
    }

    static void syrk(Matrix a, double[] lower) {
        int n = a.columns();
        if (a.rows() > 0) {
            cblas_dsyrk(CblasRowMajor, CblasLower, CblasTrans, n, a.rows(), 1, a.values(), n, 1, lower, n);
        }
    }

    /** Eigenvalues of a symmetric matrix, ascending; its lower triangle is read. */
    public static double[] eigenvalues(Matrix a) {
        OpenBlas.require();
        int n = requireSquare(a);
        requireFinite(a);
        double[] values = a.values().clone();
        double[] eigenvalues = new double[n];
        // Row-major lower is column-major upper.
        requireConverged(LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'N', (byte) 'U', n, values, n, eigenvalues));
        return eigenvalues;
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
     * @throws ArithmeticException if the matrix holds values that are not finite
     */
    public static double[] singularValues(Matrix a) {
        OpenBlas.require();
        requireFinite(a);
        // Row-major a is column-major a': the singular values are the same.
        boolean tall = a.columns() >= a.rows();
        try (DoublePointer work = new DoublePointer((tall ? a : a.transposed()).values())) {
            return singularValues(Math.max(a.rows(), a.columns()), Math.min(a.rows(), a.columns()), work);
        }
    }

    /** Of a column-major matrix with at least as many rows as columns, which is destroyed. */
    static double[] singularValues(int rows, int columns, DoublePointer work) {
        if (columns >= LARGE) {
            return requireFinite(withOneThread(() -> BandBidiagonal.singularValues(rows, columns, work)));
        }
        double[] values = new double[columns];
        if (columns > 0) {
            try (DoublePointer singular = new DoublePointer((long) columns);
                    DoublePointer none = new DoublePointer(1)) {
                requireConverged(LAPACKE_dgesdd(
                        LAPACK_COL_MAJOR, (byte) 'N', rows, columns, work, rows, singular, none, 1, none, 1));
                singular.get(values);
            }
        }
        return requireFinite(values);
    }

    static void requireFinite(Matrix a) {
        requireFinite(a.values());
    }

    private static double[] requireFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new ArithmeticException("matrix: expected finite values, found " + value);
            }
        }
        return values;
    }

    static int requireSquare(Matrix a) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("matrix: expected equal sides, found " + a.rows() + " x " + a.columns());
        }
        return a.rows();
    }

    static void requireConverged(int info) {
        if (info != 0) {
            throw new ArithmeticException("decomposition: expected convergence, found LAPACK status " + info);
        }
    }
}
