package dev.touchstone.metrics.metric.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearAlgebraTest {

    /** A diagonal of 1 to n between two reflections has these singular values, and no zero anywhere. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 3",
        "31, 31",
        "33, 20",
        "383, 383",
        "384, 384",
        "384, 700",
        "417, 417",
        "700, 385",
        "512, 512",
        "545, 545"
    })
    void singularValuesOfAReflectedDiagonalAreTheDiagonal(int rows, int columns) {
        double[] values = LinearAlgebra.singularValues(reflected(rows, columns, k -> k + 1));

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i])
                    .as("singular value %d of %d x %d", i, rows, columns)
                    .isCloseTo(values.length - i, within(1e-13 * values.length));
        }
    }

    /** Sides around the width of the band, where panels are cut off. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1",
        "31, 31",
        "32, 32",
        "33, 32",
        "33, 33",
        "34, 34",
        "63, 63",
        "64, 64",
        "65, 65",
        "66, 66",
        "200, 40",
        "97, 97",
        "128, 128",
        "129, 100"
    })
    void bandsOfSmallMatricesKeepTheSingularValues(int rows, int columns) {
        try (DoublePointer matrix = new DoublePointer(
                reflected(rows, columns, k -> k + 1).transposed().values())) {
            double[] values = BandBidiagonal.singularValues(rows, columns, matrix);

            for (int i = 0; i < columns; i++) {
                assertThat(values[i])
                        .as("singular value %d of %d x %d", i, rows, columns)
                        .isCloseTo(columns - i, within(1e-13 * columns));
            }
        }
    }

    @Test
    void aDiagonalMatrixNeedsNoReflection() {
        double[] values = new double[600 * 600];
        for (int i = 0; i < 600; i++) {
            values[i * 600 + i] = i + 1;
        }
        assertThat(LinearAlgebra.singularValues(new Matrix(600, 600, values)))
                .containsExactly(
                        IntStream.range(0, 600).mapToDouble(i -> 600 - i).toArray(), within(1e-13 * 600));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, 600})
    void aFactorTimesItsTransposeIsTheMatrix(int n) {
        Matrix matrix = reflectedDiagonal(n);
        Factor factor = Factor.of(matrix, 0);

        double[] product =
                LinearAlgebra.transposedProduct(factor.rows(), factor.rows()).values();

        for (int i = 0; i < product.length; i++) {
            assertThat(product[i]).isCloseTo(matrix.values()[i], within(1e-12 * n));
        }
        assertThat(factor.trace()).isCloseTo(n * (n + 1) / 2.0, within(1e-12 * n * n));
    }

    @Test
    void aFactorOfASingularMatrixHasItsRank() {
        Matrix rows = new Matrix(2, 3, new double[] {1, 2, 3, 4, 5, 6});
        Matrix singular = LinearAlgebra.transposedProduct(rows, rows);
        Matrix factor = Factor.of(singular, 0).rows();

        assertThat(LinearAlgebra.transposedProduct(factor, factor).values())
                .containsExactly(singular.values(), within(1e-12));
    }

    @Test
    void aFeatureThatIsTheSameForAllImagesIsSetAside() {
        Matrix dead = new Matrix(3, 3, new double[] {4, 0, 2, 0, 0, 0, 2, 0, 5});

        Factor factor = Factor.of(dead, 0);

        assertThat(factor.rows()).extracting(Matrix::rows, Matrix::columns).containsExactly(2, 3);
        assertThat(factor.rows().values()).containsExactly(2, 0, 1, 0, 0, 2);
        assertThat(factor.trace()).isEqualTo(9);
        assertThat(Factor.of(new Matrix(2, 2, new double[4]), 0).trace()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 400})
    void crossSingularValuesAreThoseOfTheProductInEitherOrder(int n) {
        Factor wide = Factor.of(reflected(n, n, k -> Math.pow(10, -8.0 * k / n)), 0);
        Factor even = Factor.of(reflectedDiagonal(n), 0);

        double[] values = wide.crossSingularValues(even);

        assertThat(even.crossSingularValues(wide)).containsExactly(values, within(1e-14 * values[0]));
        assertThat(Factor.of(reflectedDiagonal(n), 0).crossSingularValues(even))
                .containsExactly(IntStream.range(0, n).mapToDouble(i -> n - i).toArray(), within(1e-13 * n));
    }

    @Test
    void anEigenvalueBelowZeroIsRefusedWithItsSize() {
        Matrix indefinite = new Matrix(2, 2, new double[] {1, 2, 2, 1});

        assertThatThrownBy(() -> Factor.of(indefinite, 0.999))
                .isInstanceOf(IndefiniteMatrixException.class)
                .hasMessage(
                        "matrix: expected no eigenvalue below 0 by more than rounding, found -1.00000 (the largest is 3.00000)");
        assertThat(Factor.of(indefinite, 1.001).rows().rows()).isEqualTo(1);
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> Factor.of(new Matrix(1, 1, new double[] {Double.NaN}), 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("matrix: expected finite values, found NaN");
    }

    private static Matrix reflectedDiagonal(int n) {
        return reflected(n, n, k -> k + 1);
    }

    /** {@code (I - 2 u u' / u'u) diag (I - 2 v v' / v'v)}; u = v where it is square. */
    private static Matrix reflected(int rows, int columns, IntToDoubleFunction diagonal) {
        Matrix left = reflection(rows);
        Matrix right = reflection(columns);
        int k = Math.min(rows, columns);
        double[] scaled = new double[rows * k];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < k; j++) {
                scaled[i * k + j] = left.value(i, j) * diagonal.applyAsDouble(j);
            }
        }
        int[] first = IntStream.range(0, k).toArray();
        return LinearAlgebra.product(new Matrix(rows, k, scaled), right.select(first));
    }

    private static Matrix reflection(int n) {
        double[] normal = new Random(n).doubles(n, .5, 1.5).toArray();
        double squares = Arrays.stream(normal).map(x -> x * x).sum();
        double[] reflection = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                reflection[i * n + j] = (i == j ? 1 : 0) - 2 * normal[i] * normal[j] / squares;
            }
        }
        return new Matrix(n, n, reflection);
    }
}
