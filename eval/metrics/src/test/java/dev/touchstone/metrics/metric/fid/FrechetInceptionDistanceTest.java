package dev.touchstone.metrics.metric.fid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.fid.FrechetDistance.Route;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reference values: NumPy transcription of torch-fidelity 5e211a9 {@code fid_statistics_to_metric} (complex eigenvalues of
 * the product of the covariances) and the nuclear norm of the centred rows by {@code numpy.linalg.svd}; feature set 1
 * then 2 from one {@code RandomState(seed).randn(n, d)} stream.
 */
class FrechetInceptionDistanceTest {

    @ParameterizedTest(name = "seed {0}, {1} x {2}")
    @CsvSource({
        "1, 4, 4, 4.753837617472013, 4.753837617472012",
        "2023, 2, 2, 7.539442105450595, 7.539442135252916",
        "2023, 4, 8, 13.597427001965588, 13.597427146717951",
        "2023, 16, 16, 12.727839190560118, 12.727839203423844",
        "2023, 16, 64, 82.32631333043462, 82.32631559440077",
        "2023, 128, 32, 4.697186081971616, 4.69718608197163",
        "2023, 512, 64, 4.4480752634907645, 4.4480752634907645",
        "2023, 256, 256, 131.10121043816105, 131.10121065739668"
    })
    void equalsTheReferenceImplementations(long seed, int n, int d, double eigenvalues, double nuclear) {
        RandomState random = new RandomState(seed);
        Matrix first = Samples.gaussian(random, n, d);
        Matrix second = Samples.gaussian(random, n, d);

        FrechetDistance fromRows = FrechetInceptionDistance.between(first, second);
        FrechetDistance fromMoments =
                FrechetInceptionDistance.between(FeatureMoments.of(first), FeatureMoments.of(second));

        assertThat(fromRows.route()).isEqualTo(n > d ? Route.SINGULAR_VALUES : Route.NUCLEAR_NORM);
        assertThat(fromRows.value()).isCloseTo(nuclear, within((n > 1 + d ? 1e-12 : 1e-9) * nuclear));
        assertThat(fromMoments.route()).isEqualTo(Route.SINGULAR_VALUES);
        assertThat(fromMoments.value()).isCloseTo(eigenvalues, within((n > d ? 1e-12 : 1e-6) * eigenvalues));
    }

    @Test
    void unitCovariancesAndMeansOneApartGiveTheDimension() {
        int d = 2048;
        double[] identity = new double[d * d];
        double[] ones = new double[d];
        for (int i = 0; i < d; i++) {
            identity[i * d + i] = 1;
            ones[i] = 1;
        }
        Matrix covariance = new Matrix(d, d, identity);
        FeatureMoments zero = new FeatureMoments("statistics", OptionalLong.empty(), new double[d], covariance);
        FeatureMoments one = new FeatureMoments("statistics", OptionalLong.empty(), ones, covariance);

        assertThat(FrechetInceptionDistance.between(zero, one).value()).isCloseTo(2048, within(1e-8));
    }

    /**
     * Deviations of 1 to 1e-7: the roots of eigenvalues of products of such covariances are rounding below 1e-8. Diagonal
     * covariances turned by one reflection, where {@code tr (S1 S2)^(1/2)} is the sum of the products of the deviations.
     */
    @ParameterizedTest
    @ValueSource(ints = {16, 500})
    void scalesThatDifferWidelyKeepTheirDigitsAndSidesCanChangePlaces(int d) {
        double[] first = new double[d];
        double[] second = new double[d];
        double expected = 0;
        for (int i = 0; i < d; i++) {
            first[i] = Math.pow(10, -7.0 * i / (d - 1));
            second[i] = first[i] * (i % 2 == 0 ? 1.5 : .5);
            expected += (first[i] - second[i]) * (first[i] - second[i]);
        }
        FeatureMoments a = turned(first);
        FeatureMoments b = turned(second);

        double distance = FrechetInceptionDistance.between(a, b).value();

        assertThat(distance).isCloseTo(expected, within(1e-13 * d * expected));
        assertThat(FrechetInceptionDistance.between(b, a).value()).isCloseTo(distance, within(1e-14 * d * expected));
    }

    private static FeatureMoments turned(double[] deviations) {
        int d = deviations.length;
        double[] rows = new double[d * d];
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < d; i++) {
                rows[k * d + i] = deviations[k] * ((i == k ? 1 : 0) - 2.0 / d);
            }
        }
        Matrix factor = new Matrix(d, d, rows);
        return new FeatureMoments(
                "turned", OptionalLong.empty(), new double[d], LinearAlgebra.transposedProduct(factor, factor));
    }

    @Test
    void aDistanceBelowZeroByMoreThanRoundingIsNone() {
        assertThat(FrechetDistance.of(0, 1, 1, 1 + 1e-16, 4, Route.SINGULAR_VALUES)
                        .value())
                .isZero();
        assertThatThrownBy(() -> FrechetDistance.of(.5, 1, 2, 2, 4, Route.SINGULAR_VALUES))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(
                        "found -0.500000 (squared distance of means 0.500000, traces 1.00000 generated and 2.00000"
                                + " reference, cross term 2.00000)");
        assertThatThrownBy(() -> FrechetDistance.of(0, 1, 2, Double.NaN, 4, Route.SINGULAR_VALUES))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void identicalSetsHaveZeroDistanceOnBothRoutes() {
        Matrix tall = Samples.gaussian(new RandomState(7), 300, 20);
        Matrix flat = Samples.gaussian(new RandomState(7), 20, 300);

        assertThat(FrechetInceptionDistance.between(tall, tall).value()).isBetween(0.0, 1e-11);
        assertThat(FrechetInceptionDistance.between(flat, flat).value()).isBetween(0.0, 1e-10);
    }

    @Test
    void copiesOfOneImageAgainstThemselvesHaveZeroDistance() {
        Matrix copies = new Matrix(5, 3, new double[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3});
        assertThat(FrechetInceptionDistance.between(copies, copies).value()).isZero();
        assertThat(FrechetInceptionDistance.between(copies.select(new int[] {0, 1}), copies)
                        .value())
                .isZero();
    }

    @Test
    void setsOnEitherSideOfFullRankAgreeWithTheirMoments() {
        RandomState random = new RandomState(11);
        Matrix few = Samples.gaussian(random, 30, 40);
        Matrix many = Samples.gaussian(random, 400, 40);

        FrechetDistance rows = FrechetInceptionDistance.between(few, many);
        FrechetDistance moments = FrechetInceptionDistance.between(FeatureMoments.of(few), FeatureMoments.of(many));

        assertThat(rows.route()).isEqualTo(Route.NUCLEAR_NORM);
        assertThat(rows.value()).isCloseTo(moments.value(), within(1e-5 * moments.value()));
    }

    @Test
    void oneImageIsUnscoredAndNamed() {
        FeatureMatrix one = new FeatureMatrix(1, 2, new float[] {1, 2});
        FeatureMatrix two = new FeatureMatrix(2, 2, new float[] {1, 2, 3, 4});

        Score score = FrechetInceptionDistance.score("touchstone-1", one, two);

        assertThat(score.metric()).hasToString("fid[touchstone-1]");
        assertThat(score).isInstanceOf(Score.Unscored.class);
        assertThat(((Score.Unscored) score).reason()).contains("found 1 generated and 2 reference");
        assertThatThrownBy(() -> FrechetInceptionDistance.between(one, two))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("at least 2 images, found 1");
    }

    @Test
    void refusesFeaturesOfDifferentNetworks() {
        FeatureMatrix two = new FeatureMatrix(2, 2, new float[4]);
        FeatureMatrix three = new FeatureMatrix(2, 3, new float[6]);
        assertThatThrownBy(() -> FrechetInceptionDistance.between(two, three))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("found 2 generated and 3 reference");
    }

    @Test
    void rejectsCovarianceThatIsNotSquare() {
        assertThatThrownBy(() -> new FeatureMoments(
                        "statistics", OptionalLong.empty(), new double[2], new Matrix(2, 3, new double[6])))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("found 2 and 2 x 3");
    }
}
