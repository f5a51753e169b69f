package dev.touchstone.reports.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.cohort.CohortContrasts.Contrast;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.reports.model.Cell;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaningTest {

    private static Figure figure(double value, double lower, double upper, Direction direction) {
        return new Figure.Known(
                value, "s", Optional.of(direction), 24, Optional.of(new Interval(lower, upper, 0.95)), "test");
    }

    private static double lean(Figure cohort, Figure all, double superiority, double adjusted) {
        return ((Cell.Measured)
                        Leaning.cell(cohort, all, Optional.of(new Contrast(superiority, adjusted / 100, adjusted))))
                .shade()
                .lean();
    }

    @Test
    void aCohortThatDoesNotDifferFromTheRestIsNotShaded() {
        Figure all = figure(1, 0.9, 1.1, Direction.LOWER_IS_BETTER);
        Figure far = figure(1.4, 1.3, 1.5, Direction.LOWER_IS_BETTER);
        assertThat(lean(far, all, 0.7, 0.06)).isZero();
        assertThat(lean(far, all, 0.7, 0.05)).isNegative();
        assertThat(lean(far, all, 0.3, 0.01)).as("ranks and value disagree").isZero();
        assertThat(lean(Figure.Unscored.because("no labels", 0), all, 0.7, 0.01))
                .isZero();
        assertThat(lean(all, Figure.Unscored.because("no labels", 0), 0.7, 0.01))
                .isZero();
        assertThat(((Cell.Measured) Leaning.cell(far, all, Optional.empty()))
                        .shade()
                        .lean())
                .isZero();
    }

    @Test
    void theDirectionOfTheMetricDecidesWhatIsBetter() {
        for (Direction direction : Direction.values()) {
            Figure all = figure(1, 0.9, 1.1, direction);
            double low = lean(figure(0.8, 0.7, 0.9, direction), all, 0.2, 0.01);
            double high = lean(figure(1.2, 1.1, 1.3, direction), all, 0.8, 0.01);
            assertThat(low).isEqualTo(-high, org.assertj.core.api.Assertions.within(1e-9));
            assertThat(low > 0).isEqualTo(direction == Direction.LOWER_IS_BETTER);
        }
    }

    @Test
    void theShadeIsStrongestWhereAFigureDiffersByHalf() {
        Figure all = figure(1, 0.9, 1.1, Direction.LOWER_IS_BETTER);
        assertThat(lean(figure(1.5, 1.4, 1.6, Direction.LOWER_IS_BETTER), all, 0.9, 0.01))
                .isEqualTo(-1);
        assertThat(lean(figure(9, 8, 10, Direction.LOWER_IS_BETTER), all, 0.9, 0.01))
                .isEqualTo(-1);
    }
}
