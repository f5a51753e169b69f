package dev.touchstone.metrics.metric.prdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
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
        assertThat(precise).isBetween(1, x.rows() - 1);

        assertThat(PrecisionRecallDensityCoverage.of(x, y))
                .isEqualTo(new PrecisionRecallDensityCoverage(
                        precise / 1100.0, recalled / 1300.0, balls / 5.0 / 1100, covered / 1300.0));
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
