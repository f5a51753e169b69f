package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticsTest {

    /** Reference: scipy 1.17, {@code binom(n, p).ppf(0.025), binom(n, p).ppf(0.975) + 1}. */
    @ParameterizedTest
    @CsvSource({
        "100, 0.5, 40, 61",
        "100, 0.9, 84, 96",
        "100, 0.95, 90, 100",
        "200, 0.95, 184, 197",
        "500, 0.95, 465, 485",
        "500, 0.99, 490, 500",
        "1000, 0.99, 983, 997"
    })
    void ranksMatchReference(int n, double probability, int lower, int upper) {
        assertThat(OrderStatistics.ranks(n, probability, 0.95)).isEqualTo(new OrderStatistics.Ranks(lower, upper));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 6", "0.9, 36", "0.95, 72", "0.99, 368", "0.999, 3688"})
    void minimumCountIsTheFirstWithFiniteLimits(double probability, int needed) {
        assertThat(OrderStatistics.minimumCount(probability, 0.95)).isEqualTo(needed);
    }

    /** Reference: numpy 2.4.6, {@code quantile([3, 1, 4, 1, 5, 9, 2, 6], p)}. */
    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.5, 3.5", "0.9, 6.9", "0.95, 7.95", "0, 1", "1, 9"})
    void quantileIsTypeSeven(double probability, double expected) {
        double[] sorted = {1, 1, 2, 3, 4, 5, 6, 9};
        assertThat(OrderStatistics.quantile(sorted, probability)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aQuantileThatTheSampleCannotSupportIsWithheldWithTheCountItNeeds() {
        double[] values = IntStream.range(0, 71).asDoubleStream().toArray();
        assertThat(OrderStatistics.estimate(values, 0.95, 0.95)).isEqualTo(new OrderStatistics.Withheld(71, 72));
        assertThat(OrderStatistics.estimate(new double[0], 0.5, 0.95)).isEqualTo(new OrderStatistics.Withheld(0, 6));
    }

    @Test
    void aSupportedQuantileLiesInItsInterval() {
        double[] values = IntStream.range(0, 72).mapToDouble(i -> (i * 31) % 72).toArray();
        OrderStatistics.Quantile quantile = OrderStatistics.estimate(values, 0.95, 0.95);
        assertThat(quantile).isInstanceOfSatisfying(OrderStatistics.Supported.class, supported -> {
            assertThat(supported.value()).isCloseTo(67.45, within(1e-9));
            assertThat(supported.interval().contains(supported.value())).isTrue();
            assertThat(supported.interval().upper()).isEqualTo(71);
        });
        assertThat(values[1]).as("the values stay in their order").isEqualTo(31);
    }

    @Test
    void rejectsRanksOfASampleThatIsTooSmall() {
        assertThatThrownBy(() -> OrderStatistics.ranks(35, 0.9, 0.95))
                .hasMessageContaining("expected n >= 36, found 35");
    }

    /** Property: with known quantiles the limits cover at least at their level. */
    @Test
    void limitsCoverTheTrueQuantileOftenEnough() {
        IndexedRandom random = IndexedRandom.of(7, "coverage");
        int covered = 0;
        int rounds = 2000;
        for (int round = 0; round < rounds; round++) {
            double[] uniform = new double[60];
            for (int i = 0; i < uniform.length; i++) {
                uniform[i] = random.below(1 << 30, (long) round * 60 + i) / (double) (1 << 30);
            }
            OrderStatistics.Quantile quantile = OrderStatistics.estimate(uniform, 0.9, 0.95);
            covered += ((OrderStatistics.Supported) quantile).interval().contains(0.9) ? 1 : 0;
        }
        assertThat(covered / (double) rounds).isBetween(0.94, 1.0);
    }
}
