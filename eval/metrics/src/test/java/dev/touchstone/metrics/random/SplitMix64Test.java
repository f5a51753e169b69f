package dev.touchstone.metrics.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

    /** OpenJDK 17's {@link SplittableRandom} of a seed is SplitMix64 with this increment. */
    @Test
    void numbersAreThoseOfTheJdk() {
        for (long seed : new long[] {0, 1, -1, 1234567, Long.MIN_VALUE}) {
            SplittableRandom reference = new SplittableRandom(seed);
            for (int n = 1; n <= 100; n++) {
                assertThat(SplitMix64.mix(seed + n * SplitMix64.INCREMENT))
                        .as("seed %d number %d", seed, n)
                        .isEqualTo(reference.nextLong());
            }
        }
    }
}
