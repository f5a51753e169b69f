package dev.touchstone.metrics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricIdTest {

    @Test
    void readsWhatItWrites() {
        assertThat(MetricId.of("fid", "touchstone-1")).hasToString("fid[touchstone-1]");
        assertThat(MetricId.parse("fid[touchstone-1]")).isEqualTo(MetricId.of("fid", "touchstone-1"));
        assertThat(MetricId.parse("ssim")).isEqualTo(MetricId.of("ssim"));
    }

    @Test
    void refusesOtherNames() {
        assertThatThrownBy(() -> MetricId.parse("FID[x]")).hasMessageContaining("found \"FID[x]\"");
        assertThatThrownBy(() -> MetricId.of("fid", "a b")).hasMessageContaining("\"a b\"");
    }

    @Test
    void aScoreIsFinite() {
        assertThatThrownBy(() -> new Score.Scored(
                        MetricId.of("fid"),
                        Double.NaN,
                        Direction.LOWER_IS_BETTER,
                        new Score.SampleSize(1, 1),
                        java.util.Optional.empty(),
                        "x"))
                .hasMessageContaining("fid: expected a finite value, found NaN");
    }

    @Test
    void improvementIsPositiveInBothDirections() {
        assertThat(Direction.LOWER_IS_BETTER.improvement(3, 5)).isEqualTo(2);
        assertThat(Direction.HIGHER_IS_BETTER.improvement(5, 3)).isEqualTo(2);
    }
}
