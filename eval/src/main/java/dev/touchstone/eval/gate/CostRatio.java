package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Measure;
import dev.touchstone.eval.compare.PromptValues;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.inference.RateEstimate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Money over complete or usable pictures of some prompts of a run, with what every prompt contributes to it: the linear part of
 * the ratio of sums.
 *
 * @param value the ratio; 0 where there is none
 * @param values {@code value} times one plus the prompt's relative part; their mean is the ratio
 * @param unit currency
 * @param reason why there is no ratio; empty if there is one
 */
record CostRatio(double value, double[] values, String unit, String reason) {

    /** Below this lower limit of the usable rate a ratio to it has no useful bound. */
    private static final double LEAST_RATE = 0.05;

    static CostRatio of(RunSamples run, int[] prompts, Statistic statistic) {
        Optional<RunSamples.Samples> cost = run.of(Measure.COST);
        Optional<RunSamples.Samples> usable = run.of(Measure.USABLE.id());
        if (cost.isEmpty()) {
            return none("no costs");
        }
        int n = prompts.length;
        double[] paid = new double[n];
        double[] complete = new double[n];
        Arrays.setAll(paid, k -> cost.get().values().sum(prompts[k]));
        Arrays.setAll(complete, k -> run.counts().complete()[prompts[k]]);
        double totalPaid = Arrays.stream(paid).sum();
        double totalComplete = Arrays.stream(complete).sum();
        if (totalComplete == 0 || totalPaid == 0) {
            return none(totalPaid == 0 ? "no price" : "no complete images");
        }
        double[] parts = new double[n];
        Arrays.setAll(parts, k -> n * (paid[k] / totalPaid - complete[k] / totalComplete));
        double value = totalPaid / totalComplete;
        if (statistic == Statistic.PER_USABLE) {
            if (usable.isEmpty()) {
                return none("no labels");
            }
            PromptValues verdicts = usable.get().values();
            double totalUsable =
                    Arrays.stream(prompts).mapToDouble(verdicts::sum).sum();
            double totalJudged =
                    Arrays.stream(prompts).mapToDouble(verdicts::count).sum();
            if (totalJudged == 0) {
                return none("no labels");
            }
            double[][] groups = Arrays.stream(prompts).mapToObj(verdicts::of).toArray(double[][]::new);
            if (RateEstimate.of(groups).interval(0.95).lower() < LEAST_RATE) {
                return none("the usable rate may be below " + LEAST_RATE + ", so that a ratio to it is not bounded");
            }
            for (int k = 0; k < n; k++) {
                parts[k] += n * (verdicts.count(prompts[k]) / totalJudged - verdicts.sum(prompts[k]) / totalUsable);
            }
            value = value * totalJudged / totalUsable;
        }
        double ratio = value;
        return new CostRatio(
                ratio,
                Arrays.stream(parts).map(part -> ratio * (1 + part)).toArray(),
                cost.get().measure().unit(),
                "");
    }

    private static CostRatio none(String reason) {
        return new CostRatio(0, new double[0], "1", reason);
    }
}
