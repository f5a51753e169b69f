package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.compare.ScoreReader.SetScore;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers that only a cohort as a whole has, as both runs were scored: they stand beside one another and decide nothing. */
final class SetDifferences {

    private final ComparedRun base;
    private final ComparedRun candidate;
    private final Metrics metrics = Metrics.installed();

    SetDifferences(ComparedRun base, ComparedRun candidate) {
        this.base = base;
        this.candidate = candidate;
    }

    List<Difference> of(CohortKey cohort, Pairing pairs) {
        List<Difference> all = new ArrayList<>();
        for (SetScore after : candidate.sets().values()) {
            SetScore before = base.sets().get(ScoreReader.key(cohort, after.metric()));
            if (!after.cohort().equals(cohort) || before == null) {
                continue;
            }
            Optional<Metric> metric =
                    metrics.find(MetricId.parse(after.metric()).metric());
            all.add(new Measured(
                    after.metric(),
                    Use.SHOWN,
                    metric.map(Metric::unit).orElse("1"),
                    metric.map(Metric::direction),
                    before.value(),
                    after.value(),
                    after.value() - before.value(),
                    Optional.empty(),
                    "each run as it was scored; not paired, no interval",
                    pairs.size(),
                    (int) after.images()));
        }
        return all;
    }
}
