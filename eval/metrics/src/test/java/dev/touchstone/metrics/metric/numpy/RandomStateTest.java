package dev.touchstone.metrics.metric.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reference values: NumPy 2.4, {@code numpy.random.RandomState(seed)} and the call named in the test. */
class RandomStateTest {

    @Test
    void permutesAsNumpy() {
        assertThat(new RandomState(2020).permutation(20))
                .containsExactly(6, 9, 12, 4, 5, 14, 1, 2, 15, 10, 19, 18, 7, 16, 13, 11, 17, 3, 8, 0);
    }

    @Test
    void choosesAsNumpy() {
        assertThat(new RandomState(2020).choice(256, 8)).containsExactly(68, 158, 34, 97, 245, 135, 35, 138);
        int[] chosen = new RandomState(2020).choice(50000, 256);
        assertThat(Arrays.copyOf(chosen, 8)).containsExactly(24397, 39273, 6546, 13504, 49765, 31361, 27741, 47758);
        assertThat(Arrays.stream(chosen).sum()).isEqualTo(6288956);
        assertThat(Arrays.copyOf(new RandomState(13579).choice(50000, 512), 8))
                .containsExactly(5447, 36202, 32977, 26751, 16069, 5120, 34064, 10956);
    }

    @Test
    void drawsGaussiansAsNumpy() {
        assertThat(new RandomState(2023).gaussians(5))
                .containsExactly(
                        0.7116735302628457,
                        -0.3244849560916726,
                        -1.0018706386598804,
                        0.23625079403025182,
                        -0.10215984129468976);
    }

    @Test
    void refusesAChoiceOfMoreThanThereIs() {
        assertThatThrownBy(() -> new RandomState(1).choice(3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 3, found 4");
    }
}
