package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cost.CostPerImage;
import dev.touchstone.eval.cost.CostPerUsableImage;
import dev.touchstone.eval.cost.PromptCosts;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Cost;
import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.eval.result.Evaluation.Overhead;
import dev.touchstone.generator.phase.RequestTimeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Sums up a run: all images, then every cohort. */
final class RunSummary {

    private static final String LOAD = "~load";

    private final SummarySettings settings;
    private final CohortTables tables;
    private final QualityFigures quality;
    private final Overhead overhead;
    private final double heldSeconds;

    RunSummary(RunRecords records, SummarySettings settings) {
        this.settings = settings;
        this.tables = TableBuilder.of(records);
        this.quality = new QualityFigures(records.scores(), settings.resampling());
        this.overhead = overhead(records.timelines());
        this.heldSeconds = held(tables);
    }

    /** Loading and warm-up of all sessions. */
    Overhead overhead() {
        return overhead;
    }

    List<CohortSummary> cohorts() {
        List<CohortSummary> cohorts = new ArrayList<>();
        cohorts.add(summary(CohortKey.OVERALL));
        settings.slices().forEach(axes -> tables.keys(axes).forEach(key -> cohorts.add(summary(key))));
        return cohorts;
    }

    private CohortSummary summary(CohortKey key) {
        CohortTables cohort = tables.of(key);
        double level = settings.resampling().level();
        Counts counts = counts(cohort);
        UsableRate usable = UsableRate.of(cohort.images(), level);
        return new CohortSummary(
                key,
                counts,
                LatencyFigures.of(cohort.answered(), level),
                key.equals(CohortKey.OVERALL)
                        ? LatencyFigures.windowThroughput(cohort.requests(), cohort.images(), level)
                        : LatencyFigures.busyThroughput(cohort.requests(), cohort.images(), level),
                cost(cohort, counts, usable),
                quality.of(key, cohort, usable),
                FailureGroups.of(cohort.images()));
    }

    private static Counts counts(CohortTables cohort) {
        StringColumn status = cohort.images().stringColumn(CohortTables.STATUS);
        return new Counts(
                cohort.requests().stringColumn(CohortTables.PROMPT).countUnique(),
                count(status, CohortTables.COMPLETE),
                count(status, "failed"),
                count(status, "moderated"),
                count(status, "missing"));
    }

    private static int count(StringColumn column, String value) {
        return column.isEqualTo(value).size();
    }

    /** All attempts are paid for, whatever came of them; loading and warm-up are shared out by device time. */
    private Cost cost(CohortTables cohort, Counts counts, UsableRate usable) {
        double held = held(cohort);
        double requests = settings.prices().cost(held, charged(cohort)) + fees(cohort);
        double share = heldSeconds == 0 ? 0 : overhead.cost() * held / heldSeconds;
        String currency = settings.prices().currency();
        PromptCosts costs = costs(cohort);
        return new Cost(
                requests,
                share,
                CostPerImage.of(costs, currency, settings.resampling().level()),
                CostPerUsableImage.of(costs, usable.rate(), currency));
    }

    private PromptCosts costs(CohortTables cohort) {
        PromptSums sums =
                PromptSums.of(cohort, settings.prices(), heldSeconds == 0 ? 0 : overhead.cost() / heldSeconds);
        return new PromptCosts(
                sums.column(PromptSums.COST),
                sums.column(PromptSums.COMPLETE),
                sums.column(PromptSums.JUDGED),
                sums.column(PromptSums.USABLE));
    }

    private static long charged(CohortTables cohort) {
        return (long) Arrays.stream(CohortTables.values(cohort.images(), CohortTables.CHARGED))
                .sum();
    }

    private static double fees(CohortTables cohort) {
        return Arrays.stream(CohortTables.values(cohort.requests(), CohortTables.FEES))
                .sum();
    }

    private static double held(CohortTables cohort) {
        Table requests = cohort.requests();
        return Arrays.stream(CohortTables.values(requests, CohortTables.HELD)).sum();
    }

    private Overhead overhead(List<RequestTimeline> timelines) {
        double loading = 0;
        double warmUp = 0;
        int requests = 0;
        for (RequestTimeline timeline : timelines) {
            if (timeline.request().equals(LOAD)) {
                loading += timeline.heldSeconds();
            } else if (timeline.excluded()) {
                warmUp += timeline.heldSeconds();
                requests++;
            }
        }
        return new Overhead(
                TableBuilder.micros(loading),
                TableBuilder.micros(warmUp),
                requests,
                settings.prices().cost(loading + warmUp, 0));
    }
}
