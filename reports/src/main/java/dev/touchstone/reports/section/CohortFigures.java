package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.Figure;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks figures of a cohort up; what was not measured is unscored, never missing. */
final class CohortFigures {

    private static final String NOISE_FLOOR = "noiseFloor";

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

    /** A metric by its short name; shares in percent. */
    static Figure metric(CohortSummary cohort, String shortName) {
        Figure figure = cohort.quality().metrics().entrySet().stream()
                .filter(entry -> Wording.shortName(entry.getKey()).equals(shortName))
                .map(entry -> entry.getValue().figure())
                .findFirst()
                .orElseGet(() -> Figure.Unscored.because("not scored", 0));
        return shown(shortName, figure);
    }

    /** A metric's figure in the unit it is shown in. */
    static Figure shown(String metric, Figure figure) {
        return Wording.shortName(metric).equals("adherence") ? Rescaled.percent(figure) : figure;
    }

    /** The metric between two halves of the golden set at the same n, where the scores hold it. */
    static OptionalDouble floor(CohortSummary cohort, String shortName) {
        return cohort.quality().metrics().entrySet().stream()
                .filter(entry -> Wording.shortName(entry.getKey()).equals(shortName))
                .map(Map.Entry::getValue)
                .map(SetFigure::detail)
                .filter(detail -> detail.containsKey(NOISE_FLOOR))
                .mapToDouble(detail -> detail.get(NOISE_FLOOR))
                .findFirst();
    }

    static Figure usableRate(CohortSummary cohort) {
        return Rescaled.percent(cohort.quality().usability().rate());
    }
}
