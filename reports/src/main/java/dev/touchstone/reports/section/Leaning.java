package dev.touchstone.reports.section;

import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.reports.model.Cell;

/**
 * Shades a cohort's figure against that of all images. Only a figure whose interval lies entirely on one side of the value of all
 * images is shaded, so that colour never shows noise; the further away, the stronger, at its strongest when it differs by half.
 */
final class Leaning {

    static final String READING =
            "A cell is shaded where the cohort's interval lies entirely on one side of the run as a whole:"
                    + " blue is better, orange is worse. Cells without shade may still differ; the sample does not show it."
                    + " FID and KID are never shaded: every cohort is measured against golden pictures of its own.";

    private static final double STRONGEST_AT = 0.5;

    private Leaning() {}

    static Cell cell(Figure cohort, Figure all) {
        if (cohort instanceof Figure.Known one
                && all instanceof Figure.Known whole
                && one.interval().isPresent()
                && one.direction().isPresent()
                && !one.interval().get().contains(whole.value())) {
            double scale = Math.max(Math.abs(whole.value()), Double.MIN_NORMAL);
            double distance = Math.min(1, Math.abs(one.value() - whole.value()) / scale / STRONGEST_AT);
            boolean better = one.direction().get() == Direction.LOWER_IS_BETTER == one.value() < whole.value();
            double lean = Math.max(0.05, distance);
            return new Cell.Measured(cohort, new Cell.Shade(better ? lean : -lean));
        }
        return Cell.of(cohort);
    }
}
