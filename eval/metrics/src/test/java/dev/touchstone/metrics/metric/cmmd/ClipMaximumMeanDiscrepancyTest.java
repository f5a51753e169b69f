package dev.touchstone.metrics.metric.cmmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import org.junit.jupiter.api.Test;

/** Reference value: NumPy transcription of google-research {@code cmmd/distance.py} in float64. */
class ClipMaximumMeanDiscrepancyTest {

    @Test
    void equalsTheReferenceImplementation() {
        RandomState random = new RandomState(2023);
        Matrix a = Samples.gaussian(random, 60, 32);
        Matrix b = Samples.gaussian(random, 50, 32, 1, 0.3);
        assertThat(ClipMaximumMeanDiscrepancy.between(a, b)).isCloseTo(1.225012452217511, within(1e-11));
        assertThat(ClipMaximumMeanDiscrepancy.between(Samples.normalised(a), b))
                .as("embeddings are scaled to length 1")
                .isCloseTo(1.225012452217511, within(1e-11));
        assertThat(ClipMaximumMeanDiscrepancy.between(a, a)).isBetween(0.0, 1e-10);
    }

    @Test
    void copiesOfASetAreAsFarFromAnotherAsTheSetItself() {
        RandomState random = new RandomState(7);
        Matrix a = Samples.gaussian(random, 300, 8);
        Matrix b = Samples.gaussian(random, 250, 8, 1, 0.3);
        int[] fourTimes =
                java.util.stream.IntStream.range(0, 1200).map(i -> i % 300).toArray();
        int[] fiveTimes =
                java.util.stream.IntStream.range(0, 1250).map(i -> i % 250).toArray();
        assertThat(ClipMaximumMeanDiscrepancy.between(a.select(fourTimes), b.select(fiveTimes)))
                .as("several tiles against one; diagonals count, so copies change nothing")
                .isCloseTo(ClipMaximumMeanDiscrepancy.between(a, b), within(1e-10));
    }

    @Test
    void oppositeEmbeddingsReachTheLargestValue() {
        Matrix up = new Matrix(1, 2, new double[] {0, 3});
        Matrix down = new Matrix(1, 2, new double[] {0, -5});
        assertThat(ClipMaximumMeanDiscrepancy.between(up, down))
                .isCloseTo(2000 * (1 - Math.exp(-4 / 200.0)), within(1e-9));
    }

    @Test
    void clipScoreIsTheMeanCosineInPercentAndNeverNegative() {
        FeatureMatrix images = new FeatureMatrix(2, 2, new float[] {1, 0, 0, 2});
        FeatureMatrix texts = new FeatureMatrix(2, 2, new float[] {3, 0, 2, 2});
        assertThat(ClipScore.perImage(images, texts)[1]).isCloseTo(100 / Math.sqrt(2), within(1e-6));
        assertThat(ClipScore.of(images, texts)).isCloseTo((100 + 100 / Math.sqrt(2)) / 2, within(1e-6));
        assertThat(ClipScore.of(images, new FeatureMatrix(2, 2, new float[] {-1, 0, 0, -1})))
                .isZero();
    }
}
