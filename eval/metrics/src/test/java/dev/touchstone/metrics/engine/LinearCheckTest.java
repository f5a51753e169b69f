package dev.touchstone.metrics.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearCheckTest {

    @Test
    void plainJavaIsBelieved() {
        assertThat(LinearCheck.faults(new PlainLinear())).isEmpty();
    }

    /** One entry of the result of one size is wrong: by little, as a kernel that misses a remainder would be. */
    enum Fault {
        PRODUCT("a wrong product at size 129 "),
        TRANSPOSED("a wrong product with a transposed matrix at size 129 "),
        GRAM("a wrong product with itself at size 129 "),
        TRIANGULAR("a wrong triangular product at size 129 "),
        SOLUTION("a wrong triangular solve at size 129 "),
        CHOLESKY("a wrong Cholesky factor at size 129 "),
        EIGENVALUE("a wrong eigenvalues at size 129 "),
        EIGENVECTOR("a wrong eigenvalues at size 129 "),
        SINGULAR("a wrong singular values at size 129 "),
        BAND("a wrong singular values by a band at size 97 ");

        private final String sentence;

        Fault(String sentence) {
            this.sentence = sentence;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedFaultIsFoundAndNamed(Fault fault) {
        assertThat(LinearCheck.faults(new Planted(fault)))
                .singleElement()
                .asString()
                .startsWith(fault.sentence);
    }

    @Test
    void whatIsNotANumberIsFound() {
        LinearOperations spoilt = new PlainLinear() {
            @Override
            public double[] product(int n, double[] a, double[] b) {
                double[] c = super.product(n, a, b);
                c[0] = n == 8 ? Double.NaN : c[0];
                return c;
            }
        };
        assertThat(LinearCheck.faults(spoilt))
                .containsExactly("a wrong product at size 8 (Infinity times the bound of rounding)");
    }

    @Test
    void aStatusOfTheLibraryIsAFault() {
        LinearOperations refusing = new PlainLinear() {
            @Override
            public double[] cholesky(int n, double[] a) {
                throw new ArithmeticException("status 36");
            }
        };
        assertThat(LinearCheck.faults(refusing)).containsExactly("a wrong Cholesky factor at size 8 (status 36)");
    }

    private static final class Planted extends PlainLinear {
        private final Fault fault;

        Planted(Fault fault) {
            this.fault = fault;
        }

        private double[] spoil(Fault here, int size, int n, int at, double by, double[] values) {
            if (fault == here && n == size) {
                values[at] += by;
            }
            return values;
        }

        @Override
        public double[] product(int n, double[] a, double[] b) {
            return spoil(Fault.PRODUCT, 129, n, 128 * 129 + 5, 1, super.product(n, a, b));
        }

        @Override
        public double[] transposedProduct(int n, double[] a, double[] b) {
            return spoil(Fault.TRANSPOSED, 129, n, 77, -1, super.transposedProduct(n, a, b));
        }

        @Override
        public double[] gram(int n, double[] a) {
            return spoil(Fault.GRAM, 129, n, 128 * 129 + 127, 1, super.gram(n, a));
        }

        @Override
        public double[] triangularProduct(int n, double[] lower, double[] b) {
            return spoil(Fault.TRIANGULAR, 129, n, 0, 1, super.triangularProduct(n, lower, b));
        }

        @Override
        public double[] triangularSolution(int n, double[] lower, double[] b) {
            return spoil(Fault.SOLUTION, 129, n, 128 * 129, 1e-6, super.triangularSolution(n, lower, b));
        }

        @Override
        public double[] cholesky(int n, double[] a) {
            return spoil(Fault.CHOLESKY, 129, n, 128 * 129 + 128, 1e-6, super.cholesky(n, a));
        }

        @Override
        public double[] eigen(int n, double[] a) {
            double[] eigen = spoil(Fault.EIGENVALUE, 129, n, 60, 1e-9, super.eigen(n, a));
            return spoil(Fault.EIGENVECTOR, 129, n, 129 + 60 * 129, 1e-5, eigen);
        }

        @Override
        public double[] singularValues(int n, double[] a) {
            return spoil(Fault.SINGULAR, 129, n, 128, 1e-9, super.singularValues(n, a));
        }

        @Override
        public double[] singularValuesByBand(int n, double[] a) {
            return spoil(Fault.BAND, 97, n, 0, 1e-9, super.singularValues(n, a));
        }
    }

    /** Textbook loops, and commons-math for what takes more. */
    private static class PlainLinear implements LinearOperations {
        private static double[] multiply(int n, double[] a, double[] b) {
            double[] c = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    double factor = a[i * n + k];
                    for (int j = 0; j < n; j++) {
                        c[i * n + j] += factor * b[k * n + j];
                    }
                }
            }
            return c;
        }

        private static double[] transpose(int n, double[] a) {
            double[] t = new double[n * n];
            for (int i = 0; i < n * n; i++) {
                t[i % n * n + i / n] = a[i];
            }
            return t;
        }

        private static double[] lower(int n, double[] a) {
            double[] lower = a.clone();
            for (int i = 0; i < n; i++) {
                Arrays.fill(lower, i * n + i + 1, (i + 1) * n, 0);
            }
            return lower;
        }

        private static org.apache.commons.math3.linear.RealMatrix matrix(int n, double[] a) {
            double[][] rows = new double[n][];
            Arrays.setAll(rows, i -> Arrays.copyOfRange(a, i * n, (i + 1) * n));
            return new org.apache.commons.math3.linear.Array2DRowRealMatrix(rows, false);
        }

        @Override
        public double[] product(int n, double[] a, double[] b) {
            return multiply(n, a, b);
        }

        @Override
        public double[] productTransposed(int n, double[] a, double[] b) {
            return multiply(n, a, transpose(n, b));
        }

        @Override
        public double[] transposedProduct(int n, double[] a, double[] b) {
            return multiply(n, transpose(n, a), b);
        }

        @Override
        public double[] gram(int n, double[] a) {
            return multiply(n, transpose(n, a), a);
        }

        @Override
        public double[] triangularProduct(int n, double[] lower, double[] b) {
            return multiply(n, transpose(n, lower(n, lower)), b);
        }

        @Override
        public double[] triangularSolution(int n, double[] lower, double[] b) {
            double[] x = b.clone();
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < i; k++) {
                    for (int j = 0; j < n; j++) {
                        x[i * n + j] -= lower[i * n + k] * x[k * n + j];
                    }
                }
                for (int j = 0; j < n; j++) {
                    x[i * n + j] /= lower[i * n + i];
                }
            }
            return x;
        }

        @Override
        public double[] cholesky(int n, double[] a) {
            double[] l = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = a[i * n + j];
                    for (int k = 0; k < j; k++) {
                        sum -= l[i * n + k] * l[j * n + k];
                    }
                    l[i * n + j] = i == j ? Math.sqrt(sum) : sum / l[j * n + j];
                }
            }
            return l;
        }

        @Override
        public double[] eigen(int n, double[] a) {
            double[] symmetric = a.clone();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    symmetric[i * n + j] = symmetric[j * n + i];
                }
            }
            var eigen = new org.apache.commons.math3.linear.EigenDecomposition(matrix(n, symmetric));
            double[] values = new double[n + n * n];
            for (int k = 0; k < n; k++) {
                values[k] = eigen.getRealEigenvalue(n - 1 - k);
                System.arraycopy(eigen.getEigenvector(n - 1 - k).toArray(), 0, values, n + k * n, n);
            }
            return values;
        }

        @Override
        public double[] singularValues(int n, double[] a) {
            return new org.apache.commons.math3.linear.SingularValueDecomposition(matrix(n, a)).getSingularValues();
        }

        @Override
        public double[] singularValuesByBand(int n, double[] a) {
            return singularValues(n, a);
        }
    }
}
