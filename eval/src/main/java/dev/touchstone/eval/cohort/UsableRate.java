package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cost.CostPerUsableImage.Rate;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.result.CohortSummary.Usability;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Usable over judged images. Images of one prompt are alike, so Wilson's interval is taken at the effective sample size (Kish's
 * design effect, the correlation within prompts by variance components) and with Student's t over prompts.
 *
 * @param usability the figure and its counts
 * @param rate the same for costs; empty if nobody judged an image
 */
record UsableRate(Usability usability, Optional<Rate> rate) {

    static UsableRate of(Table images, double level) {
        StringColumn status = images.stringColumn(CohortTables.STATUS);
        StringColumn usable = images.stringColumn(CohortTables.USABLE);
        StringColumn prompts = images.stringColumn(CohortTables.PROMPT);
        Map<String, List<Double>> verdicts = new LinkedHashMap<>();
        int yes = 0;
        int no = 0;
        int ties = 0;
        int unjudged = 0;
        for (int row = 0; row < images.rowCount(); row++) {
            if (!status.get(row).equals(CohortTables.COMPLETE)) {
                continue;
            }
            switch (usable.get(row)) {
                case CohortTables.YES -> yes++;
                case CohortTables.NO -> no++;
                case CohortTables.TIE -> ties++;
                default -> unjudged++;
            }
            if (usable.get(row).equals(CohortTables.YES) || usable.get(row).equals(CohortTables.NO)) {
                verdicts.computeIfAbsent(prompts.get(row), prompt -> new ArrayList<>())
                        .add(usable.get(row).equals(CohortTables.YES) ? 1.0 : 0.0);
            }
        }
        int judged = yes + no;
        if (judged == 0) {
            Figure none = Figure.Unscored.because(ties > 0 ? "all verdicts are tied" : "no labels", 0);
            return new UsableRate(new Usability(none, yes, no, ties, unjudged), Optional.empty());
        }
        double[][] groups = verdicts.values().stream()
                .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
        RateEstimate estimate = RateEstimate.of(groups);
        Interval interval = estimate.interval(level);
        Figure figure = new Figure.Known(
                estimate.value(),
                "1",
                Optional.of(Direction.HIGHER_IS_BETTER),
                judged,
                Optional.of(interval),
                estimate.method());
        return new UsableRate(
                new Usability(figure, yes, no, ties, unjudged),
                Optional.of(new Rate(estimate.value(), interval, judged)));
    }
}
