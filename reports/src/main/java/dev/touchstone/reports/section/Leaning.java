package dev.touchstone.reports.section;

import dev.touchstone.eval.cohort.CohortContrasts.Contrast;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.reports.model.Cell;
import java.util.Optional;

/**
 * Shades a cohort's figure where the cohort differs from the rest of the run, all such comparisons of the report taken together;
 * the further away from the run, the stronger, at its strongest when it differs by half.
 */
final class Leaning {

    static final String READING =
            "A cell is shaded where the cohort's prompts differ from all other prompts of the run, at 5 % for all cells of"
                    + " the report together (rank test, Holm's correction): blue is better, orange is worse. Cells without"
                    + " shade may still differ; the sample does not show it."
                    + " FID and KID are never shaded: every cohort is measured against golden pictures of its own.";

    private static final double STRONGEST_AT = 0.5;
    private static final double FALSE_ALARMS = 0.05;

    private Leaning() {}

    static Cell cell(Figure cohort, Figure all, Optional<Contrast> against) {
        if (cohort instanceof Figure.Known one
                && all instanceof Figure.Known whole
                && one.direction().isPresent()
                && against.isPresent()
                && against.get().adjusted() <= FALSE_ALARMS
                && against.get().superiority() > 0.5 == one.value() > whole.value()) {
            double scale = Math.max(Math.abs(whole.value()), Double.MIN_NORMAL);
            double distance = Math.min(1, Math.abs(one.value() - whole.value()) / scale / STRONGEST_AT);
            boolean better = one.direction().get() == Direction.LOWER_IS_BETTER == one.value() < whole.value();
            double lean = Math.max(0.05, distance);
            return new Cell.Measured(cohort, new Cell.Shade(better ? lean : -lean));
        }
        return Cell.of(cohort);
    }
}
