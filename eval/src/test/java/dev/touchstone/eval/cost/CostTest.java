package dev.touchstone.eval.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {

    private static Optional<CostPerUsableImage.Rate> rate(int usable, int judged) {
        return Optional.of(
                new CostPerUsableImage.Rate(usable / (double) judged, WilsonInterval.of(usable, judged, 0.95), judged));
    }

    /** Reference: 0.04 per image over Wilson's limits, by hand. */
    @ParameterizedTest
    @CsvSource({"180, 200, 0.0444, 0.0428, 0.0470", "17, 20, 0.0471, 0.0422, 0.0625"})
    void theRatesIntervalIsCarriedThroughExactly(int usable, int n, double value, double lower, double upper) {
        Figure figure = CostPerUsableImage.of(0.04 * n, n, rate(usable, n), "USD");
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
        Figure figure = CostPerUsableImage.of(0.4, 10, rate(0, 10), "USD");
        assertThat(figure)
                .isInstanceOfSatisfying(
                        Figure.AtLeast.class, bound -> assertThat(bound.bound()).isCloseTo(0.144, within(5e-4)));
    }

    @Test
    void withNoLabelsThereIsAReason() {
        assertThat(CostPerUsableImage.of(0.4, 10, Optional.empty(), "USD"))
                .isEqualTo(Figure.Unscored.because("no labels", 0));
        assertThat(CostPerUsableImage.of(0.4, 0, Optional.empty(), "USD"))
                .isEqualTo(Figure.Unscored.because("no complete images", 0));
    }

    @Test
    void aRateThatMayBeZeroHasNoUpperBound() {
        Optional<CostPerUsableImage.Rate> rate =
                Optional.of(new CostPerUsableImage.Rate(0.1, new Interval(0, 0.4, 0.95), 10));
        Figure.Known known = CostPerUsableImage.of(1, 10, rate, "EUR").known().orElseThrow();
        assertThat(known.interval().orElseThrow().upper()).isInfinite();
    }

    @Test
    void allJudgedIsTotalOverUsable() {
        Figure.Known known =
                CostPerUsableImage.of(7, 8, rate(5, 8), "USD").known().orElseThrow();
        assertThat(known.value()).isCloseTo(7.0 / 5, within(1e-12));
    }

    @Test
    void heldTimeAndFeesAreWhatItCosts() {
        PriceBook prices = new PriceBook(0.096, 0.01, "USD");
        assertThat(prices.cost(3600, 0)).isCloseTo(0.096, within(1e-12));
        assertThat(prices.cost(37.5, 3)).isCloseTo(0.001 + 0.03, within(1e-12));
        Figure.Known perImage = CostPerImage.of(0.6, 12, "USD").known().orElseThrow();
        assertThat(perImage.value()).isCloseTo(0.05, within(1e-12));
        assertThat(CostPerImage.of(0.6, 0, "USD")).isEqualTo(Figure.Unscored.because("no complete images", 0));
    }

    @Test
    void rejectsPricesThatAreNone() {
        assertThatThrownBy(() -> new PriceBook(-1, 0, "USD")).hasMessageContaining("-1.0 per hour");
        assertThatThrownBy(() -> new PriceBook(1, 0, "dollars")).hasMessageContaining("\"dollars\"");
        assertThatThrownBy(() -> new PriceBook(1, 0, "USD").cost(Double.NaN, 0)).hasMessageContaining("NaN");
    }
}
