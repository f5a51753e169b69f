package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {

    private static final double[] SKEWED = {2.1, 3.4, 1.9, 5.6, 4.4, 2.8, 9.7, 3.3, 4.1, 2.2, 6.5, 3.9, 1.2, 2.7, 8.8};

    private static double mean(int[] drawn) {
        double sum = 0;
        for (int index : drawn) {
            sum += SKEWED[index];
        }
        return sum / drawn.length;
    }

    private static ClusterBootstrap bootstrap(int replicates) {
        return new ClusterBootstrap(IndexedRandom.of(20260101, "test"), replicates, 0.95);
    }

    /** Reference: scipy 1.17, {@code stats.bootstrap((d,), mean, n_resamples=200000, method="BCa")}: 3.1667 to 5.6800. */
    @Test
    void acceleratedIntervalMatchesScipy() {
        Interval interval = bootstrap(40_000).accelerated(SKEWED.length, ClusterBootstrapTest::mean);
        assertThat(interval.lower()).isCloseTo(3.1667, within(0.04));
        assertThat(interval.upper()).isCloseTo(5.6800, within(0.04));
    }

    /** Reference: scipy 1.17, the same with {@code method="percentile"}: 3.0400 to 5.4667. */
    @Test
    void percentileIntervalMatchesScipy() {
        Interval interval = bootstrap(40_000).percentile(SKEWED.length, ClusterBootstrapTest::mean);
        assertThat(interval.lower()).isCloseTo(3.04, within(0.04));
        assertThat(interval.upper()).isCloseTo(5.4667, within(0.04));
    }

    @Test
    void theSameSeedGivesTheSameIntervalAndAnotherSeedAnother() {
        Interval first = bootstrap(500).accelerated(SKEWED.length, ClusterBootstrapTest::mean);
        Interval again = bootstrap(500).accelerated(SKEWED.length, ClusterBootstrapTest::mean);
        Interval other = new ClusterBootstrap(IndexedRandom.of(1, "test"), 500, 0.95)
                .accelerated(SKEWED.length, ClusterBootstrapTest::mean);
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void aConstantStatisticHasAnIntervalWithoutWidth() {
        Interval interval = bootstrap(200).accelerated(5, drawn -> 3);
        assertThat(interval.lower()).isEqualTo(3);
        assertThat(interval.upper()).isEqualTo(3);
    }

    @Test
    void infiniteReplicatesMakeTheUpperBoundInfinite() {
        // One cluster of four carries the denominator: a third of the draws miss it.
        Interval interval = bootstrap(2000).percentile(4, drawn -> {
            int hits = 0;
            for (int index : drawn) {
                hits += index == 0 ? 1 : 0;
            }
            return hits == 0 ? Double.POSITIVE_INFINITY : 4.0 / hits;
        });
        assertThat(interval.upper()).isInfinite();
        assertThat(interval.lower()).isBetween(1.0, 2.0);
    }

    @Test
    void refusesOneClusterAndStatisticsThatAreNotNumbers() {
        assertThatThrownBy(() -> bootstrap(200).percentile(1, drawn -> 0)).hasMessageContaining("at least 2 clusters");
        assertThatThrownBy(() -> bootstrap(200).percentile(2, drawn -> Double.NaN))
                .hasMessageContaining("NaN");
    }

    @Test
    void randomNumbersAreAFunctionOfSeedPurposeAndIndex() {
        assertThat(IndexedRandom.of(1, "a", "b").bits(5))
                .isEqualTo(IndexedRandom.of(1, "a", "b").bits(5));
        assertThat(IndexedRandom.of(1, "a", "b").bits(5))
                .isNotEqualTo(IndexedRandom.of(1, "ab").bits(5));
        assertThat(IndexedRandom.of(1, "a").bits(5))
                .isNotEqualTo(IndexedRandom.of(2, "a").bits(5));
    }

    @Test
    void drawsAreEvenlySpread() {
        IndexedRandom random = IndexedRandom.of(3, "spread");
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.below(7, i)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }
}
