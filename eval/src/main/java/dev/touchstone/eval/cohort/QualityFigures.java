package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary.Quality;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.CohortSummary.VarianceSplit;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.eval.score.Subject;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric.Level;
import dev.touchstone.metrics.metric.MetricId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Metrics of a cohort: means of image-wise and prompt-wise scores and of people's grades, computed here; scores of the set as a
 * whole, carried over.
 */
final class QualityFigures {

    private static final String GRADE = "grade";

    /** What the grades of people are called among the metrics. */
    private static final List<String> OF_PEOPLE = List.of(CohortTables.HUMAN_ADHERENCE, CohortTables.HUMAN_APPEAL);

    private final SortedMap<MetricId, Kind> imageMetrics = new TreeMap<>();
    private final SortedMap<MetricId, Kind> promptMetrics = new TreeMap<>();
    private final Map<MetricId, String> reasons = new HashMap<>();
    private final Map<CohortKey, Map<MetricId, SetFigure>> setScores = new HashMap<>();
    private final Resampling resampling;

    /** Unit and direction of a metric, as its lines say. */
    private record Kind(String unit, Optional<Direction> direction) {}

    QualityFigures(List<ScoreLine> scores, Resampling resampling) {
        this.resampling = resampling;
        for (ScoreLine line : scores) {
            if (line.subject() instanceof Subject.OfCohort of) {
                setScores
                        .computeIfAbsent(of.cohort(), cohort -> new TreeMap<>())
                        .put(line.metric(), new SetFigure(line.figure(), line.detail()));
            } else {
                (line.subject().level() == Level.IMAGE ? imageMetrics : promptMetrics)
                        .putIfAbsent(line.metric(), new Kind(line.unit(), line.direction()));
                if (line.figure() instanceof Figure.Unscored unscored) {
                    reasons.putIfAbsent(line.metric(), unscored.reason());
                }
            }
        }
    }

    Quality of(CohortKey key, CohortTables tables, UsableRate usable) {
        SortedMap<MetricId, SetFigure> metrics = new TreeMap<>(setScores.getOrDefault(key, Map.of()));
        List<VarianceSplit> variances = new ArrayList<>();
        imageMetrics.forEach((metric, kind) -> {
            double[][] groups = CohortTables.byPrompt(tables.images(), metric.toString());
            put(metrics, metric, mean(key, metric, groups, kind));
            if (groups.length > 0) {
                variances.add(split(key, metric, groups, kind));
            }
        });
        promptMetrics.forEach((metric, kind) -> put(
                metrics, metric, mean(key, metric, CohortTables.byPrompt(tables.requests(), metric.toString()), kind)));
        for (String name : OF_PEOPLE) {
            MetricId metric = MetricId.of(name);
            Kind kind = new Kind(GRADE, Optional.of(Direction.HIGHER_IS_BETTER));
            double[][] groups = CohortTables.byPrompt(tables.images(), name);
            if (groups.length > 0) {
                put(metrics, metric, mean(key, metric, groups, kind));
                variances.add(split(key, metric, groups, kind));
            }
        }
        return new Quality(usable.usability(), metrics, variances, flaws(tables.images()));
    }

    private VarianceSplit split(CohortKey key, MetricId metric, double[][] groups, Kind kind) {
        return VarianceShares.of(
                metric, groups, kind.unit(), resampling.bootstrap("variance " + metric, key.toString()));
    }

    private Figure mean(CohortKey key, MetricId metric, double[][] groups, Kind kind) {
        return groups.length == 0
                ? Figure.Unscored.because(reasons.getOrDefault(metric, "no values"), 0)
                : ClusteredMean.of(
                        groups, kind.unit(), kind.direction(), resampling.bootstrap("mean " + metric, key.toString()));
    }

    /** A cohort-wise line of the same metric may carry details, such as its noise floor; they are kept. */
    private static void put(SortedMap<MetricId, SetFigure> metrics, MetricId metric, Figure figure) {
        Optional<SetFigure> carried = Optional.ofNullable(metrics.get(metric));
        metrics.put(metric, new SetFigure(figure, carried.map(SetFigure::detail).orElseGet(TreeMap::new)));
    }

    private static SortedMap<String, Integer> flaws(Table images) {
        SortedMap<String, Integer> flaws = new TreeMap<>();
        StringColumn named = images.stringColumn(CohortTables.FLAWS);
        for (int row = 0; row < images.rowCount(); row++) {
            for (String flaw : named.get(row).split(";")) {
                if (!flaw.isEmpty()) {
                    flaws.merge(flaw, 1, Integer::sum);
                }
            }
        }
        return flaws;
    }
}
