package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.reports.chart.IntervalChart;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks figures of a cohort up; what was not measured is unscored, never missing. */
final class CohortFigures {

    private static final Set<String> FLOOR = Set.of("floor", "floorHigh", "floorN");

    private CohortFigures() {}

    static Figure quantile(CohortSummary cohort, String measure, String quantile) {
        return cohort.latencies().stream()
                .filter(latency -> latency.measure().equals(measure))
                .flatMap(latency -> Optional.ofNullable(latency.quantiles().get(quantile)).stream())
                .map(CohortFigures::withheld)
                .findFirst()
                .orElseGet(() -> Figure.Unscored.because("not measured", 0));
    }

    /** A quantile that needs more observations has one reason, which the section tells once. */
    private static Figure withheld(Figure figure) {
        return figure instanceof Figure.Unscored none && none.needed().isPresent()
                ? new Figure.Unscored("withheld", none.n(), none.needed())
                : figure;
    }

    static Figure mean(CohortSummary cohort, String measure) {
        return cohort.latencies().stream()
                .filter(latency -> latency.measure().equals(measure))
                .map(Latency::mean)
                .findFirst()
                .orElseGet(() -> Figure.Unscored.because("not measured", 0));
    }

    /** A metric by its name, whatever its network; shares in percent. */
    static Figure metric(CohortSummary cohort, String name) {
        Figure figure = cohort.quality().metrics().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(name))
                .map(entry -> applicable(entry.getValue().figure()))
                .findFirst()
                .orElseGet(() -> Figure.Unscored.because("not scored", 0));
        return shown(name, figure);
    }

    /** A metric without a line for a cohort was not asked of it, as LPIPS to target of prompts that edit nothing. */
    private static Figure applicable(Figure figure) {
        return figure instanceof Figure.Unscored none && none.reason().equals("no values")
                ? Figure.Unscored.because("does not apply", 0)
                : figure;
    }

    /** A metric's figure in the unit it is shown in. */
    static Figure shown(String name, Figure figure) {
        return name.equals(Adherence.METRIC) ? Rescaled.percent(figure) : figure;
    }

    /** The metric of golden pictures drawn as the cohort was made, where the scores hold it. */
    static Optional<IntervalChart.Floor> floor(CohortSummary cohort, String name) {
        return cohort.quality().metrics().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(name))
                .map(Map.Entry::getValue)
                .map(SetFigure::detail)
                .filter(detail -> detail.keySet().containsAll(FLOOR))
                .map(detail -> new IntervalChart.Floor(
                        detail.get("floor"), detail.get("floorHigh"), Math.round(detail.get("floorN"))))
                .findFirst();
    }

    /** The noise floor as a cell: its mean, its 95th percentile, and n. */
    static Cell floorCell(CohortSummary cohort, String name) {
        return floor(cohort, name)
                .<Cell>map(floor -> new Cell.Text(
                        Decimals.of(floor.mean()),
                        "95th percentile " + Decimals.of(floor.high()) + " \u00b7 n\u00a0" + Decimals.of(floor.n())))
                .orElseGet(() -> Cell.text("not measured"));
    }

    /** What is left of a number when the floor's mean, its bias at this n, is taken off. */
    static Cell aboveFloor(CohortSummary cohort, String name) {
        Optional<Figure.Known> known = metric(cohort, name).known();
        Optional<IntervalChart.Floor> floor = floor(cohort, name);
        if (known.isEmpty() || floor.isEmpty()) {
            return Cell.text("");
        }
        double above = known.get().value() - floor.get().mean();
        boolean inside = known.get().value() <= floor.get().high();
        return new Cell.Text(Decimals.of(above), inside ? "inside the floor" : "beyond its 95th percentile");
    }

    static Figure usableRate(CohortSummary cohort) {
        return Rescaled.percent(cohort.quality().usability().rate());
    }
}
