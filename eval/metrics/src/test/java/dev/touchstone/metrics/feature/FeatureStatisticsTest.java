package dev.touchstone.metrics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureStatisticsTest {

    @Test
    void meanAndCovarianceOfThreeRowsAreThoseWorkedOutByHand() {
        FeatureStatistics statistics = FeatureStatistics.of(new FeatureMatrix(3, 2, new float[] {1, 2, 3, 6, 5, 4}));
        assertThat(statistics.mean()).containsExactly(3, 4);
        assertThat(statistics.covariance()).containsExactly(4, 2, 2, 4);
    }

    @Test
    void mergedPartsEqualTheWholeHoweverTheyAreCut() {
        Random random = new Random(5);
        int d = 6;
        float[] values = new float[100 * d];
        for (int i = 0; i < values.length; i++) {
            // A large offset costs digits if products are summed around zero.
            values[i] = (float) (1000 + random.nextGaussian());
        }
        FeatureStatistics whole = FeatureStatistics.of(new FeatureMatrix(100, d, values));
        for (int cut : new int[] {0, 1, 37, 99, 100}) {
            FeatureStatistics merged = rows(values, d, 0, cut).merge(rows(values, d, cut, 100));
            assertThat(merged.n()).isEqualTo(100);
            assertThat(merged.mean()).containsExactly(whole.mean(), within(1e-9));
            assertThat(merged.covariance()).containsExactly(whole.covariance(), within(1e-9));
        }
        assertThat(whole.covariance()[0]).isBetween(0.5, 1.6);
    }

    @Test
    void refusesWhatIsUndefined() {
        assertThatThrownBy(() -> FeatureStatistics.empty(2).mean())
                .hasMessage("statistics: expected at least 1 images for a mean, found 0");
        assertThatThrownBy(() -> FeatureStatistics.of(new FeatureMatrix(1, 1, new float[] {1}))
                        .covariance())
                .hasMessage("statistics: expected at least 2 images for a covariance, found 1");
        assertThatThrownBy(() -> FeatureStatistics.empty(2).merge(FeatureStatistics.empty(3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FeatureStatistics rows(float[] values, int d, int from, int to) {
        return FeatureStatistics.of(new FeatureMatrix(to - from, d, Arrays.copyOfRange(values, from * d, to * d)));
    }
}
