package dev.touchstone.metrics.metric.isc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import org.junit.jupiter.api.Test;

/** Reference value: NumPy transcription of torch-fidelity 5e211a9 {@code isc_features_to_metric}. */
class InceptionScoreTest {

    @Test
    void equalsTheReferenceImplementation() {
        Matrix logits = Samples.gaussian(new RandomState(2023), 105, 12, 2, 0);
        InceptionScore score = InceptionScore.of(logits, 10, 2020);
        assertThat(score.mean()).isCloseTo(2.359751225782502, within(1e-13));
        assertThat(score.standardDeviation()).isCloseTo(0.3471755599851714, within(1e-13));
        assertThat(score.splits()).hasSize(10);
    }

    @Test
    void oneClassForAllScoresOneAndOneClassEachScoresTheirNumber() {
        double[] same = new double[20 * 4];
        double[] varied = new double[20 * 4];
        for (int i = 0; i < 20; i++) {
            same[i * 4] = 1000;
            varied[i * 4 + i % 4] = 1000;
        }
        assertThat(InceptionScore.of(new Matrix(20, 4, same), 1, 0).mean()).isEqualTo(1);
        assertThat(InceptionScore.of(new Matrix(20, 4, varied), 1, 0).mean()).isCloseTo(4, within(1e-12));
    }

    @Test
    void fewerImagesThanSplitsAreNamed() {
        assertThatThrownBy(() -> InceptionScore.of(new Matrix(3, 2, new double[6]), 10, 0))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("each of 10 splits, found 3 images");
    }
}
