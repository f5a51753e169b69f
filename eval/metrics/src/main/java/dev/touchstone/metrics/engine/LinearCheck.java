package dev.touchstone.metrics.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Whether linear algebra is right, at sizes around the edges of the blocks in which libraries compute.
 *
 * <p>A product is not repeated in Java, which would take longer than all else: {@code (A B) v} must be {@code A (B v)} for a vector v
 * of random whole numbers (Freivalds 1977). Entries are whole numbers of at most 8, so that sums are exact in any order and nothing is
 * granted to rounding; a wrong entry goes unseen with a chance of 1 in 2,001. Factors and solutions are held to their backward error
 * {@code n u |A|} (Higham 2002, theorems 8.5 and 10.3) times 4, eigenvalues and singular values of matrices made of two reflections and
 * a diagonal to that times 16.
 */
public final class LinearCheck {

    private static final int[] PRODUCTS = {8, 17, 33, 64, 129, 256};
    /** Of what a wrong remainder of the largest blocks would show in. */
    private static final int[] LARGE = {8, 16, 17, 33, 64, 96, 129, 192, 256, 512};

    private static final int[] DECOMPOSITIONS = {8, 33, 97, 129};
    private static final int[] BANDS = {33, 97};
    private static final int LARGEST = 512;
    private static final double UNIT = Math.ulp(1.0);

    private final LinearOperations operations;
    private final Whole whole = new Whole(0x746f756368L);
    /** Source of all entries, in [-8, 8]. */
    private final double[] numbers = new double[LARGEST * LARGEST];
    /** Entries of the random vectors, in [-1000, 1000]. */
    private final double[] vector = new double[LARGEST];

    private final List<String> faults = new ArrayList<>();

    private LinearCheck(LinearOperations operations) {
        this.operations = operations;
        Arrays.setAll(numbers, i -> whole.next(8));
        Arrays.setAll(vector, i -> whole.next(1000));
    }

    /** One sentence per fault, at most one per kind of operation; empty if all is right. */
    public static List<String> faults(LinearOperations operations) {
        LinearCheck check = new LinearCheck(operations);
        check.each("product", LARGE, n -> check.product(n));
        check.each("product with a transposed matrix", PRODUCTS, n -> check.transposed(n));
        check.each("product with itself", PRODUCTS, n -> check.gram(n));
        check.each("triangular product", PRODUCTS, n -> check.triangular(n));
        check.each("triangular solve", PRODUCTS, n -> check.solution(n));
        check.each("Cholesky factor", LARGE, n -> check.cholesky(n));
        check.each("eigenvalues", DECOMPOSITIONS, n -> check.eigen(n));
        check.each("singular values", DECOMPOSITIONS, n -> check.singular(n, operations::singularValues));
        check.each("singular values by a band", BANDS, n -> check.singular(n, operations::singularValuesByBand));
        return check.faults;
    }

    private interface Test {
        /** Largest error over what is granted; right up to 1. */
        double excess(int n);
    }

    private interface Values {
        double[] of(int n, double[] a);
    }

    private void each(String name, int[] sizes, Test test) {
        for (int n : sizes) {
            String found = found(() -> test.excess(n));
            if (!found.isEmpty()) {
                faults.add("a wrong " + name + " at size " + n + " (" + found + ")");
                return;
            }
        }
    }

    private static String found(Supplier<Double> test) {
        try {
            double excess = test.get();
            return excess <= 1 ? "" : String.format(Locale.ROOT, "%.3g times the bound of rounding", excess);
        } catch (ArithmeticException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private double product(int n) {
        double[] a = square(n, 0);
        double[] b = square(n, 7);
        return exact(times(n, operations.product(n, a, b), vector), times(n, a, times(n, b, vector)));
    }

    private double transposed(int n) {
        double[] a = square(n, 3);
        double[] b = square(n, 11);
        return Math.max(
                exact(
                        times(n, operations.productTransposed(n, a, b), vector),
                        times(n, a, timesTransposed(n, b, vector))),
                exact(
                        times(n, operations.transposedProduct(n, a, b), vector),
                        timesTransposed(n, a, times(n, b, vector))));
    }

    private double gram(int n) {
        double[] a = square(n, 5);
        double[] gram = lower(n, operations.gram(n, a), 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                gram[j * n + i] = gram[i * n + j];
            }
        }
        return exact(times(n, gram, vector), timesTransposed(n, a, times(n, a, vector)));
    }

    private double triangular(int n) {
        double[] l = lower(n, square(n, 2), 0);
        double[] b = square(n, 9);
        return exact(
                times(n, operations.triangularProduct(n, l, b), vector), timesTransposed(n, l, times(n, b, vector)));
    }

    private double solution(int n) {
        double[] l = lower(n, square(n, 4), 8 * n);
        double[] b = square(n, 6);
        double[] x = operations.triangularSolution(n, l, b);
        double largest = Arrays.stream(x).map(Math::abs).max().orElse(0);
        return bounded(
                times(n, l, times(n, x, vector)), times(n, b, vector), 4 * n * UNIT * 16 * n * largest * n * 1000);
    }

    private double cholesky(int n) {
        double[] l = lower(n, square(n, 8), 0);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[i * n + j] = l[i * n + j];
                a[j * n + i] = l[i * n + j];
            }
            a[i * n + i] = 16 * n;
        }
        double[] factor = lower(n, operations.cholesky(n, a), 0);
        return bounded(
                times(n, factor, timesTransposed(n, factor, vector)),
                times(n, a, vector),
                4 * (n + 1) * UNIT * 16 * n * n * 1000);
    }

    private double eigen(int n) {
        double[] a = reflected(n, 1, 1);
        double[] eigen = operations.eigen(n, a);
        double[] values = Arrays.copyOf(eigen, n);
        double[] vectors = Arrays.copyOfRange(eigen, n, n + n * n);
        double[] expected = new double[n];
        Arrays.setAll(expected, i -> i + 1);
        double[] combined = timesTransposed(n, vectors, vector);
        double[] scaled = new double[n];
        Arrays.setAll(scaled, i -> values[i] * vector[i]);
        return Math.max(
                bounded(values, expected, 16 * n * UNIT * n),
                bounded(times(n, a, combined), timesTransposed(n, vectors, scaled), 16 * n * UNIT * n * n * 1000));
    }

    private double singular(int n, Values values) {
        double[] expected = new double[n];
        Arrays.setAll(expected, i -> n - i);
        return bounded(values.of(n, reflected(n, 1, 2)), expected, 16 * n * UNIT * n);
    }

    /** {@code (I - 2 u u' / u'u) diag(1..n) (I - 2 v v' / v'v)}. */
    private double[] reflected(int n, int left, int right) {
        double[] u = normal(n, left);
        double[] v = normal(n, right);
        double[] values = new double[n * n];
        double middle = 0;
        for (int k = 0; k < n; k++) {
            middle += u[k] * (k + 1) * v[k];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double diagonal = i == j ? i + 1 : 0;
                values[i * n + j] =
                        diagonal - 2 * u[i] * u[j] * (j + 1) - 2 * (i + 1) * v[i] * v[j] + 4 * u[i] * middle * v[j];
            }
        }
        return values;
    }

    /** A vector of length 1 without a zero. */
    private double[] normal(int n, int row) {
        double[] u = new double[n];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            u[i] = 10 + numbers[row * LARGEST + i];
            squares += u[i] * u[i];
        }
        double length = Math.sqrt(squares);
        Arrays.setAll(u, i -> u[i] / length);
        return u;
    }

    private double[] square(int n, int offset) {
        double[] values = new double[n * n];
        int from = offset * 4099 % (numbers.length - n * n + 1);
        System.arraycopy(numbers, from, values, 0, n * n);
        return values;
    }

    /** The lower triangle; the diagonal is raised. */
    private static double[] lower(int n, double[] values, double diagonal) {
        double[] lower = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, i * n, lower, i * n, i + 1);
            lower[i * n + i] += diagonal == 0 ? 0 : diagonal + 8;
        }
        return lower;
    }

    private static double[] times(int n, double[] a, double[] x) {
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += a[i * n + j] * x[j];
            }
            y[i] = sum;
        }
        return y;
    }

    private static double[] timesTransposed(int n, double[] a, double[] x) {
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                y[j] += a[i * n + j] * x[i];
            }
        }
        return y;
    }

    /** Whole numbers below 2^53: an error is at least 1. */
    private static double exact(double[] found, double[] expected) {
        return bounded(found, expected, .5);
    }

    private static double bounded(double[] found, double[] expected, double bound) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(found[i] - expected[i]);
            worst = error <= worst ? worst : error;
            if (Double.isNaN(error)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return worst / bound;
    }
}
