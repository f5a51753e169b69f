package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cohort.ScoreLine.Scope;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary.Quality;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.CohortSummary.VarianceSplit;
import dev.touchstone.eval.result.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Metrics of a cohort: means of image-wise and prompt-wise scores and of people's grades, computed here; scores of the set as a
 * whole, carried over.
 */
final class QualityFigures {

    private static final String GRADE = "grade";
    private static final String PLAIN = "1";

    private final SortedSet<String> imageMetrics = new TreeSet<>();
    private final SortedSet<String> promptMetrics = new TreeSet<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Map<String, Map<String, SetFigure>> setScores = new HashMap<>();
    private final Resampling resampling;

    QualityFigures(List<ScoreLine> scores, Resampling resampling) {
        this.resampling = resampling;
        for (ScoreLine line : scores) {
            if (line.scope() == Scope.COHORT) {
                setScores
                        .computeIfAbsent(line.axis() + "=" + line.id(), cohort -> new TreeMap<>())
                        .put(line.metric(), line.score());
            } else {
                (line.scope() == Scope.IMAGE ? imageMetrics : promptMetrics).add(line.metric());
                if (line.score().figure() instanceof Figure.Unscored unscored) {
                    reasons.putIfAbsent(line.metric(), unscored.reason());
                }
            }
        }
    }

    Quality of(CohortKey key, CohortTables tables, UsableRate usable) {
        SortedMap<String, SetFigure> metrics =
                new TreeMap<>(setScores.getOrDefault(key.axis() + "=" + key.label(), Map.of()));
        List<VarianceSplit> variances = new ArrayList<>();
        for (String metric : imageMetrics) {
            double[][] groups = CohortTables.byPrompt(tables.images(), metric);
            put(metrics, metric, mean(key, metric, groups, PLAIN));
            if (groups.length > 0) {
                variances.add(VarianceShares.of(
                        metric, groups, PLAIN, resampling.bootstrap("variance " + metric, key.toString())));
            }
        }
        for (String metric : promptMetrics) {
            put(metrics, metric, mean(key, metric, CohortTables.byPrompt(tables.requests(), metric), PLAIN));
        }
        for (String metric : List.of(CohortTables.HUMAN_ADHERENCE, CohortTables.HUMAN_APPEAL)) {
            double[][] groups = CohortTables.byPrompt(tables.images(), metric);
            if (groups.length > 0) {
                put(metrics, metric, mean(key, metric, groups, GRADE));
                variances.add(VarianceShares.of(
                        metric, groups, GRADE, resampling.bootstrap("variance " + metric, key.toString())));
            }
        }
        return new Quality(usable.usability(), metrics, variances, flaws(tables.images()));
    }

    private Figure mean(CohortKey key, String metric, double[][] groups, String unit) {
        return groups.length == 0
                ? Figure.Unscored.because(reasons.getOrDefault(metric, "no values"), 0)
                : ClusteredMean.of(
                        groups,
                        unit,
                        ScoreLine.direction(metric),
                        resampling.bootstrap("mean " + metric, key.toString()));
    }

    /** A cohort-wise line of the same metric may carry details, such as its noise floor; they are kept. */
    private static void put(SortedMap<String, SetFigure> metrics, String metric, Figure figure) {
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
