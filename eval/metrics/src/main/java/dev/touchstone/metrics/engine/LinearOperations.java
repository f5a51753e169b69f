package dev.touchstone.metrics.engine;

/** The linear algebra that metrics take from a native library. Matrices are square and row-major {@code [n, n]}; arguments stay as they are. */
public interface LinearOperations {

    /** {@code a * b}. */
    double[] product(int n, double[] a, double[] b);

    /** {@code a * b'}. */
    double[] productTransposed(int n, double[] a, double[] b);

    /** {@code a' * b}. */
    double[] transposedProduct(int n, double[] a, double[] b);

    /** The lower triangle of {@code a' * a}; what stands above is not read. */
    double[] gram(int n, double[] a);

    /** {@code l' * b} with the lower triangle l of {@code lower}. */
    double[] triangularProduct(int n, double[] lower, double[] b);

    /** x with {@code l * x = b} and the lower triangle l of {@code lower}. */
    double[] triangularSolution(int n, double[] lower, double[] b);

    /**
     * The lower triangle l of {@code l * l' = a}; what stands above is not read.
     *
     * @throws ArithmeticException if the library finds the matrix not positive definite
     */
    double[] cholesky(int n, double[] a);

    /** Eigenvalues of a symmetric matrix, ascending, then the eigenvectors one after the other, {@code [n + n * n]}. */
    double[] eigen(int n, double[] a);

    /** Singular values, descending, by LAPACK's own way. */
    double[] singularValues(int n, double[] a);

    /** Singular values, descending, by way of a band. */
    double[] singularValuesByBand(int n, double[] a);
}
