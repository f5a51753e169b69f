package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.FisherExact;
import dev.touchstone.eval.inference.HolmCorrection;
import dev.touchstone.eval.inference.MannWhitney;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Every cohort against the rest of the run, number by number: prompts are ranked by how far they lie above what the run as a
 * whole would give them, and the ranks of the cohort's prompts are compared with those of all other prompts. P-values are
 * corrected for the number of such comparisons (Holm), so that a run whose cohorts do not differ has any difference called in
 * one report of twenty at most.
 */
public final class CohortContrasts {

    public static final String USABLE = "usable";
    public static final String COST_PER_IMAGE = "cost-per-image";
    public static final String COST_PER_USABLE_IMAGE = "cost-per-usable-image";
    public static final String THROUGHPUT = "throughput";

    /** Latency quantiles that are compared, by the names of {@link #quantile}. */
    private static final Map<String, Double> QUANTILES = Map.of("p50", 0.5, "p90", 0.9);

    private static final int FEWEST_PROMPTS = ClusteredMean.FEWEST_PROMPTS;

    private final Map<CohortKey, Map<String, Contrast>> contrasts;

    /**
     * A cohort against the rest.
     *
     * @param superiority share of pairs in which the cohort's prompt has the larger value than one of the rest, in [0, 1]
     * @param p two-sided p-value, in [0, 1]
     * @param adjusted for all comparisons of the run, in [p, 1]
     */
    public record Contrast(double superiority, double p, double adjusted) {}

    private CohortContrasts(Map<CohortKey, Map<String, Contrast>> contrasts) {
        this.contrasts = contrasts;
    }

    /** Name of a latency quantile's comparison. */
    public static String quantile(String measure, String quantile) {
        return measure + " " + quantile;
    }

    /** The comparison of a number of a cohort; empty where the cohort or the rest has fewer than 5 prompts with a value. */
    public Optional<Contrast> of(CohortKey cohort, String number) {
        return Optional.ofNullable(contrasts.getOrDefault(cohort, Map.of()).get(number));
    }

    static CohortContrasts of(CohortTables tables, Evaluation evaluation) {
        Map<String, Map<String, Double>> residuals = residuals(tables, evaluation);
        List<CohortKey> keys = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<Contrast> raw = new ArrayList<>();
        for (CohortSummary cohort : evaluation.cohorts()) {
            if (cohort.key().labels().isEmpty()) {
                continue;
            }
            Map<String, Contrast> found = new TreeMap<>();
            Map<String, Boolean> inside = members(tables.requests(), cohort.key());
            residuals.forEach((number, byPrompt) -> ranked(byPrompt, inside).ifPresent(one -> found.put(number, one)));
            for (String measure : List.of(CohortTables.END_TO_END, CohortTables.FIRST_IMAGE)) {
                QUANTILES.forEach((name, probability) -> exceeding(tables.answered(), measure, probability, inside)
                        .ifPresent(one -> found.put(quantile(measure, name), one)));
            }
            found.forEach((number, one) -> {
                keys.add(cohort.key());
                numbers.add(number);
                raw.add(one);
            });
        }
        double[] adjusted =
                HolmCorrection.adjusted(raw.stream().mapToDouble(Contrast::p).toArray());
        Map<CohortKey, Map<String, Contrast>> contrasts = new LinkedHashMap<>();
        for (int i = 0; i < adjusted.length; i++) {
            Contrast one = raw.get(i);
            contrasts
                    .computeIfAbsent(keys.get(i), key -> new TreeMap<>())
                    .put(numbers.get(i), new Contrast(one.superiority(), one.p(), adjusted[i]));
        }
        return new CohortContrasts(contrasts);
    }

    private static Map<String, Boolean> members(Table requests, CohortKey key) {
        Map<String, Boolean> inside = new LinkedHashMap<>();
        StringColumn prompts = requests.stringColumn(CohortTables.PROMPT);
        for (int row = 0; row < requests.rowCount(); row++) {
            boolean belongs = true;
            for (Map.Entry<CohortAxis, String> label : key.labels().entrySet()) {
                belongs &= requests.stringColumn(label.getKey().id()).get(row).equals(label.getValue());
            }
            inside.put(prompts.get(row), belongs);
        }
        return inside;
    }

    private static Optional<Contrast> ranked(Map<String, Double> byPrompt, Map<String, Boolean> inside) {
        double[] cohort = values(byPrompt, inside, true);
        double[] rest = values(byPrompt, inside, false);
        if (cohort.length < FEWEST_PROMPTS || rest.length < FEWEST_PROMPTS) {
            return Optional.empty();
        }
        MannWhitney.Result result = MannWhitney.test(cohort, rest);
        return Optional.of(new Contrast(result.superiority(), result.p(), result.p()));
    }

    private static double[] values(Map<String, Double> byPrompt, Map<String, Boolean> inside, boolean wanted) {
        return byPrompt.entrySet().stream()
                .filter(entry -> inside.get(entry.getKey()) == wanted)
                .mapToDouble(Map.Entry::getValue)
                .toArray();
    }

    /** Requests beyond the quantile of all, in the cohort and in the rest. */
    private static Optional<Contrast> exceeding(
            Table answered, String measure, double probability, Map<String, Boolean> inside) {
        StringColumn prompts = answered.stringColumn(CohortTables.PROMPT);
        double[] sorted = CohortTables.values(answered, measure);
        if (sorted.length < answered.rowCount() || sorted.length == 0) {
            return Optional.empty();
        }
        double[] seconds = sorted.clone();
        Arrays.sort(sorted);
        double cut = OrderStatistics.quantile(sorted, probability);
        int[] beyond = new int[2];
        int[] all = new int[2];
        for (int row = 0; row < seconds.length; row++) {
            int side = inside.get(prompts.get(row)) ? 0 : 1;
            all[side]++;
            beyond[side] += seconds[row] > cut ? 1 : 0;
        }
        if (all[0] < FEWEST_PROMPTS || all[1] < FEWEST_PROMPTS) {
            return Optional.empty();
        }
        double p = FisherExact.pValue(beyond[0], all[0], beyond[1], all[1]);
        double first = beyond[0] / (double) all[0];
        double second = beyond[1] / (double) all[1];
        return Optional.of(new Contrast(0.5 + (first - second) / 2, p, p));
    }

    /** By number, then by prompt: how far the prompt lies above what the run as a whole would give it. */
    private static Map<String, Map<String, Double>> residuals(CohortTables tables, Evaluation evaluation) {
        Map<String, Map<String, Double>> residuals = new TreeMap<>();
        PromptSums sums = PromptSums.of(tables, evaluation);
        residuals.put(USABLE, sums.residuals(PromptSums.USABLE, PromptSums.JUDGED));
        residuals.put(COST_PER_IMAGE, sums.residuals(PromptSums.COST, PromptSums.COMPLETE));
        residuals.put(THROUGHPUT, sums.residuals(PromptSums.COMPLETE, PromptSums.SERVICE));
        residuals.put(COST_PER_USABLE_IMAGE, sums.costPerUsable());
        evaluation.cohorts().stream()
                .flatMap(cohort -> cohort.quality().metrics().keySet().stream())
                .distinct()
                .forEach(metric -> {
                    String column = metric.toString();
                    Map<String, Double> means = new LinkedHashMap<>();
                    PromptSums.means(tables.images(), column, means);
                    PromptSums.means(tables.requests(), column, means);
                    residuals.put(metric.metric(), means);
                });
        return residuals;
    }
}
