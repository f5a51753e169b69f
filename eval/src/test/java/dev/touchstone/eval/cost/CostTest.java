package dev.touchstone.eval.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {

    private static Optional<CostPerUsableImage.Rate> rate(int usable, int judged) {
        return Optional.of(
                new CostPerUsableImage.Rate(usable / (double) judged, WilsonInterval.of(usable, judged, 0.95), judged));
    }

    /** Prompts of one image that all cost the same. */
    private static PromptCosts even(double each, int usable, int judged) {
        double[] cost = new double[judged];
        double[] one = new double[judged];
        double[] yes = new double[judged];
        Arrays.fill(cost, each);
        Arrays.fill(one, 1);
        Arrays.fill(yes, 0, usable, 1);
        return new PromptCosts(cost, one, one, yes);
    }

    /** Reference: 0.04 per image over Wilson's limits, by hand. Where all prompts cost the same, nothing is added to them. */
    @ParameterizedTest
    @CsvSource({"180, 200, 0.0444, 0.0428, 0.0470", "17, 20, 0.0471, 0.0422, 0.0625"})
    void ofEvenCostsTheRatesIntervalIsCarriedThrough(int usable, int n, double value, double lower, double upper) {
        Figure figure = CostPerUsableImage.of(even(0.04, usable, n), rate(usable, n), "USD");
        assertThat(figure).isInstanceOfSatisfying(Figure.Known.class, known -> {
            assertThat(known.value()).isCloseTo(value, within(5e-5));
            assertThat(known.interval().orElseThrow().lower()).isCloseTo(lower, within(5e-5));
            assertThat(known.interval().orElseThrow().upper()).isCloseTo(upper, within(5e-5));
            assertThat(known.unit()).isEqualTo("USD");
            assertThat(known.direction()).contains(Direction.LOWER_IS_BETTER);
            assertThat(known.n()).isEqualTo(n);
        });
    }

    @Test
    void withNoUsableImageThereIsOnlyALowerBound() {
        Figure figure = CostPerUsableImage.of(even(0.04, 0, 10), rate(0, 10), "USD");
        assertThat(figure)
                .isInstanceOfSatisfying(
                        Figure.AtLeast.class, bound -> assertThat(bound.bound()).isCloseTo(0.144, within(5e-4)));
    }

    @Test
    void withNoLabelsThereIsAReason() {
        assertThat(CostPerUsableImage.of(even(0.04, 0, 10), Optional.empty(), "USD"))
                .isEqualTo(Figure.Unscored.because("no labels", 0));
        assertThat(CostPerUsableImage.of(even(0.04, 0, 0), Optional.empty(), "USD"))
                .isEqualTo(Figure.Unscored.because("no complete images", 0));
    }

    @Test
    void aRateThatMayBeZeroHasNoUpperBound() {
        Optional<CostPerUsableImage.Rate> rate =
                Optional.of(new CostPerUsableImage.Rate(0.1, new Interval(0, 0.4, 0.95), 10));
        Figure.Known known =
                CostPerUsableImage.of(even(0.1, 1, 10), rate, "EUR").known().orElseThrow();
        assertThat(known.interval().orElseThrow().upper()).isInfinite();
    }

    @Test
    void allJudgedIsTotalOverUsable() {
        Figure.Known known = CostPerUsableImage.of(even(7.0 / 8, 5, 8), rate(5, 8), "USD")
                .known()
                .orElseThrow();
        assertThat(known.value()).isCloseTo(7.0 / 5, within(1e-12));
    }

    @Test
    void ofFewerThanFivePromptsTheCostHasNoIntervalAndTheRatesIsCarriedThrough() {
        Figure.Known known =
                CostPerUsableImage.of(even(1, 2, 4), rate(2, 4), "USD").known().orElseThrow();
        assertThat(known.interval().orElseThrow().lower())
                .isCloseTo(1 / WilsonInterval.of(2, 4, 0.95).upper(), within(1e-12));
        assertThat(known.method()).contains("needs 5 prompts");
        assertThat(CostPerImage.of(even(1, 2, 4), "USD", 0.95)
                        .known()
                        .orElseThrow()
                        .interval())
                .isEmpty();
    }

    /**
     * Hard prompts are dearer: the interval holds, and the one of before, which carried the rate's limits through as if every image
     * cost the same, does not.
     */
    @ParameterizedTest
    @CsvSource({"5, 2", "12, 2", "24, 2", "60, 1", "60, 8"})
    void costsThatVaryWithTheVerdictAreCovered(int prompts, int images) {
        Random random = new Random(prompts * 31L + images);
        int runs = 1000;
        int covered = 0;
        int before = 0;
        for (int run = 0; run < runs; run++) {
            double[] cost = new double[prompts];
            double[] complete = new double[prompts];
            double[] usable = new double[prompts];
            double[][] verdicts = new double[prompts][images];
            double yes = 0;
            double total = 0;
            for (int p = 0; p < prompts; p++) {
                boolean hard = random.nextDouble() < 0.5;
                cost[p] = images * (hard ? 2 : 1) * (0.9 + 0.2 * random.nextDouble());
                complete[p] = images;
                for (int i = 0; i < images; i++) {
                    verdicts[p][i] = random.nextDouble() < (hard ? 0.4 : 0.8) ? 1 : 0;
                    usable[p] += verdicts[p][i];
                }
                yes += usable[p];
                total += cost[p];
            }
            // Mean cost 1.5 over a mean rate of 0.6.
            double truth = 2.5;
            if (yes == 0) {
                covered++;
                before++;
                continue;
            }
            RateEstimate rate = RateEstimate.of(verdicts);
            Interval now = CostPerUsableImage.of(
                            new PromptCosts(cost, complete, complete, usable),
                            Optional.of(new CostPerUsableImage.Rate(
                                    rate.value(), rate.interval(0.95), (long) prompts * images)),
                            "USD")
                    .known()
                    .orElseThrow()
                    .interval()
                    .orElseThrow();
            covered += now.contains(truth) ? 1 : 0;
            double n = rate.sample().size();
            Interval then = WilsonInterval.of(rate.value() * n, n, 0.95);
            double each = total / (prompts * images);
            before += each / then.upper() <= truth && truth * then.lower() <= each ? 1 : 0;
        }
        assertThat(covered / (double) runs)
                .as("%d prompts, before %d", prompts, before)
                .isBetween(0.935, 0.999);
        if (images == 8) {
            assertThat(before / (double) runs).as("before").isLessThan(0.90);
        }
    }

    @Test
    void costPerImageHasAnIntervalOverPrompts() {
        PromptCosts costs = new PromptCosts(
                new double[] {1, 2, 3, 4, 5}, new double[] {2, 2, 2, 2, 2}, new double[5], new double[5]);
        Figure.Known known = CostPerImage.of(costs, "USD", 0.95).known().orElseThrow();
        // scipy 1.17: stats.t.interval(0.95, 4, 1.5, stats.sem([.5, 1, 1.5, 2, 2.5]))
        assertThat(known.interval().orElseThrow().lower()).isCloseTo(0.5183784192612214, within(1e-8));
        assertThat(known.interval().orElseThrow().upper()).isCloseTo(2.4816215807387785, within(1e-8));
    }

    @Test
    void heldTimeAndFeesAreWhatItCosts() {
        PriceBook prices = new PriceBook(0.096, 0.01, "USD");
        assertThat(prices.cost(3600, 0)).isCloseTo(0.096, within(1e-12));
        assertThat(prices.cost(37.5, 3)).isCloseTo(0.001 + 0.03, within(1e-12));
        Figure.Known perImage =
                CostPerImage.of(even(0.05, 0, 12), "USD", 0.95).known().orElseThrow();
        assertThat(perImage.value()).isCloseTo(0.05, within(1e-12));
        assertThat(CostPerImage.of(even(0, 0, 0), "USD", 0.95))
                .isEqualTo(Figure.Unscored.because("no complete images", 0));
    }

    @Test
    void rejectsPricesThatAreNone() {
        assertThatThrownBy(() -> new PriceBook(-1, 0, "USD")).hasMessageContaining("-1.0 per hour");
        assertThatThrownBy(() -> new PriceBook(1, 0, "dollars")).hasMessageContaining("\"dollars\"");
        assertThatThrownBy(() -> new PriceBook(1, 0, "USD").cost(Double.NaN, 0)).hasMessageContaining("NaN");
    }
}
