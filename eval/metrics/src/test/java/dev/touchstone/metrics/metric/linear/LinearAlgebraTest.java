package dev.touchstone.metrics.metric.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearAlgebraTest {

    /** A diagonal of 1 to n between two reflections has these eigenvalues, and no zero anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {2, 31, 511, 512, 513, 545, 640, 700})
    void eigenvaluesOfAReflectedDiagonalAreTheDiagonal(int n) {
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(reflectedDiagonal(n));

        for (int i = 0; i < n; i++) {
            assertThat(eigenvalues[i]).as("eigenvalue %d of %d", i, n).isCloseTo(i + 1, within(1e-12 * n));
        }
    }

    /** Sides around the width of the band, where panels are cut off. */
    @ParameterizedTest
    @ValueSource(ints = {33, 34, 35, 63, 64, 65, 66, 97, 100, 128})
    void bandsOfSmallMatricesKeepTheEigenvalues(int n) {
        try (DoublePointer matrix = new DoublePointer(reflectedDiagonal(n).values())) {
            double[] eigenvalues = BandReduction.eigenvalues(n, matrix);

            for (int i = 0; i < n; i++) {
                assertThat(eigenvalues[i]).as("eigenvalue %d of %d", i, n).isCloseTo(i + 1, within(1e-12 * n));
            }
        }
    }

    @Test
    void aDiagonalMatrixNeedsNoReflection() {
        double[] values = new double[600 * 600];
        for (int i = 0; i < 600; i++) {
            values[i * 600 + i] = 600 - i;
        }
        assertThat(LinearAlgebra.symmetricEigenvalues(new Matrix(600, 600, values)))
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 600)
                        .asDoubleStream()
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 600})
    void aFactorTimesItsTransposeIsTheMatrix(int n) {
        Matrix matrix = reflectedDiagonal(n);
        Matrix factor = Factor.of(matrix).matrix();

        double[] product = LinearAlgebra.productTransposed(factor, factor).values();

        for (int i = 0; i < product.length; i++) {
            assertThat(product[i]).isCloseTo(matrix.values()[i], within(1e-12 * n));
        }
    }

    @Test
    void aFactorOfASingularMatrixHasItsRank() {
        Matrix rows = new Matrix(2, 3, new double[] {1, 2, 3, 4, 5, 6});
        Matrix singular = LinearAlgebra.transposedProduct(rows, rows);
        Matrix factor = Factor.of(singular).matrix();

        assertThat(LinearAlgebra.productTransposed(factor, factor).values())
                .containsExactly(singular.values(), within(1e-12));
    }

    @Test
    void congruentEigenvaluesAreThoseOfTheProduct() {
        Matrix a = reflectedDiagonal(20);
        double[] squares = Factor.of(a).congruentEigenvalues(a);

        for (int i = 0; i < 20; i++) {
            assertThat(squares[i]).isCloseTo((i + 1) * (i + 1), within(1e-10));
        }
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> Factor.of(new Matrix(1, 1, new double[] {Double.NaN})))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("matrix: expected finite values, found NaN");
    }

    private static Matrix reflectedDiagonal(int n) {
        Random random = new Random(n);
        double[] normal = random.doubles(n, .5, 1.5).toArray();
        double squares = Arrays.stream(normal).map(x -> x * x).sum();
        double[] reflection = new double[n * n];
        double[] scaled = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                reflection[i * n + j] = (i == j ? 1 : 0) - 2 * normal[i] * normal[j] / squares;
                scaled[i * n + j] = reflection[i * n + j] * (j + 1);
            }
        }
        return LinearAlgebra.productTransposed(new Matrix(n, n, scaled), new Matrix(n, n, reflection));
    }
}
