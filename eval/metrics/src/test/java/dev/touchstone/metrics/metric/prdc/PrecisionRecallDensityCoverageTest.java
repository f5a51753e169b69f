package dev.touchstone.metrics.metric.prdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reference values: NumPy transcriptions of prdc e320c1d (k 5) and torch-fidelity 5e211a9 (k 3). */
class PrecisionRecallDensityCoverageTest {

    private final RandomState random = new RandomState(2023);
    private final Matrix reference = Samples.gaussian(random, 200, 8);
    private final Matrix generated = Samples.gaussian(random, 150, 8, 0.8, 0.3);

    @Test
    void equalsPrdc() {
        PrecisionRecallDensityCoverage prdc =
                PrecisionRecallDensityCoverage.of(generated, reference, 5, Neighbourhood.OPEN);
        assertThat(prdc.precision()).isEqualTo(0.98);
        assertThat(prdc.recall()).isEqualTo(0.635);
        assertThat(prdc.density()).isCloseTo(1.3813333333333333, within(1e-15));
        assertThat(prdc.coverage()).isEqualTo(0.9);
    }

    @Test
    void equalsTorchFidelity() {
        PrecisionRecallDensityCoverage prdc =
                PrecisionRecallDensityCoverage.of(generated, reference, 3, Neighbourhood.CLOSED);
        assertThat(prdc.precision()).isCloseTo(0.9533333333333334, within(1e-15));
        assertThat(prdc.recall()).isCloseTo(0.485, within(1e-15));
    }

    @Test
    void identicalSetsAgreeInEveryRespect() {
        PrecisionRecallDensityCoverage prdc =
                PrecisionRecallDensityCoverage.of(reference, reference, 5, Neighbourhood.OPEN);
        assertThat(prdc).isEqualTo(new PrecisionRecallDensityCoverage(1, 1, prdc.density(), 1));
        assertThat(prdc.density()).isCloseTo(1, within(0.2));
    }

    @Test
    void setsOfCopiesMeetOnlyInClosedBalls() {
        double[] copies = new double[10 * 4];
        java.util.Arrays.fill(copies, 0.1);
        Matrix set = new Matrix(10, 4, copies);
        assertThat(PrecisionRecallDensityCoverage.of(set, set, 3, Neighbourhood.OPEN)
                        .precision())
                .isZero();
        assertThat(PrecisionRecallDensityCoverage.of(set, set, 3, Neighbourhood.CLOSED)
                        .precision())
                .isEqualTo(1);
    }

    @Test
    void tooFewImagesAreNamed() {
        assertThatThrownBy(() -> PrecisionRecallDensityCoverage.of(
                        generated.select(new int[] {0, 1, 2, 3, 4}), reference, 5, Neighbourhood.OPEN))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("at least 6 images on each side for 5 neighbours, found 5 generated");
    }

    @Test
    void setsOfSeveralTilesEqualDistancesTakenOneByOne() {
        FeatureMatrix x = features(random, 1100, 0);
        FeatureMatrix y = features(random, 1300, 0.3f);
        PrecisionRecallDensityCoverage expected = oneByOne(x, y);
        assertThat(expected.precision()).isGreaterThan(0).isLessThan(1);

        assertThat(PrecisionRecallDensityCoverage.of(x, y)).isEqualTo(expected);
    }

    /** A picture's ball ends at another picture of its own set; where that is on the other side too, it lies on the rim exactly. */
    @Test
    void imagesOnBothSidesAreCountedAlikeInAnyOrder() {
        FeatureMatrix all = features(random, 1500, 3);
        FeatureMatrix x = select(all, IntStream.range(0, 1100).toArray());
        FeatureMatrix y = select(all, IntStream.range(200, 1500).toArray());
        PrecisionRecallDensityCoverage expected = oneByOne(x, y);

        assertThat(PrecisionRecallDensityCoverage.of(x, y)).isEqualTo(expected);
        for (int seed = 0; seed < 3; seed++) {
            RandomState shuffle = new RandomState(seed);
            assertThat(PrecisionRecallDensityCoverage.of(
                            select(x, shuffle.choice(1100, 1100)), select(y, shuffle.choice(1300, 1300))))
                    .as("order of seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void manyCopiesOfOneImageDoNotHideTheOthers() {
        FeatureMatrix once = features(random, 40, 5);
        int[] copies = IntStream.range(0, 80).map(i -> i < 40 ? 7 : i - 40).toArray();
        FeatureMatrix x = select(once, copies);
        FeatureMatrix y = features(random, 60, 5);

        assertThat(PrecisionRecallDensityCoverage.of(x, y)).isEqualTo(oneByOne(x, y));
        assertThat(PrecisionRecallDensityCoverage.of(y, x)).isEqualTo(oneByOne(y, x));
    }

    /** Transcribed from the definitions, k = 5, open balls. */
    private static PrecisionRecallDensityCoverage oneByOne(FeatureMatrix x, FeatureMatrix y) {
        double[] xRadii = radii(x, 5);
        double[] yRadii = radii(y, 5);
        int precise = 0;
        int recalled = 0;
        int covered = 0;
        int balls = 0;
        for (int i = 0; i < x.rows(); i++) {
            boolean inside = false;
            for (int j = 0; j < y.rows(); j++) {
                inside |= distance(x, i, y, j) < yRadii[j];
                balls += distance(x, i, y, j) < yRadii[j] ? 1 : 0;
            }
            precise += inside ? 1 : 0;
        }
        for (int j = 0; j < y.rows(); j++) {
            boolean inside = false;
            boolean holds = false;
            for (int i = 0; i < x.rows(); i++) {
                inside |= distance(x, i, y, j) < xRadii[i];
                holds |= distance(x, i, y, j) < yRadii[j];
            }
            recalled += inside ? 1 : 0;
            covered += holds ? 1 : 0;
        }
        return new PrecisionRecallDensityCoverage(
                (double) precise / x.rows(),
                (double) recalled / y.rows(),
                balls / 5.0 / x.rows(),
                (double) covered / y.rows());
    }

    private static FeatureMatrix select(FeatureMatrix set, int[] rows) {
        float[] values = new float[rows.length * set.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < set.columns(); c++) {
                values[i * set.columns() + c] = set.value(rows[i], c);
            }
        }
        return new FeatureMatrix(rows.length, set.columns(), values);
    }

    private static FeatureMatrix features(RandomState random, int rows, float shift) {
        double[] numbers = random.gaussians(rows * 3);
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i] + shift;
        }
        return new FeatureMatrix(rows, 3, values);
    }

    private static double[] radii(FeatureMatrix set, int k) {
        double[] radii = new double[set.rows()];
        for (int i = 0; i < radii.length; i++) {
            double[] row = new double[radii.length];
            for (int j = 0; j < row.length; j++) {
                row[j] = distance(set, i, set, j);
            }
            java.util.Arrays.sort(row);
            radii[i] = row[k];
        }
        return radii;
    }

    private static double distance(FeatureMatrix x, int i, FeatureMatrix y, int j) {
        double sum = 0;
        for (int c = 0; c < x.columns(); c++) {
            double difference = (double) x.value(i, c) - y.value(j, c);
            sum += difference * difference;
        }
        return sum;
    }
}
