package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.inference.StudentEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cost per image and per usable image, which are ratios of sums over prompts. The difference of two such ratios has the variance of
 * its linear part per prompt, in which what both runs share of a prompt cancels.
 */
final class CostDifferences {

    static final String PER_IMAGE = "cost.per-image";
    static final String PER_USABLE = "cost.per-usable";

    /** Below this lower limit of the usable rate a ratio to it is not worth a t interval. */
    private static final double LEAST_RATE = 0.05;

    private static final String METHOD = "ratio of sums over prompts, linearised and paired by prompt, t over prompts";

    private final RunSamples base;
    private final RunSamples candidate;
    private final double level;

    CostDifferences(RunSamples base, RunSamples candidate, double level) {
        this.base = base;
        this.candidate = candidate;
        this.level = level;
    }

    List<Difference> of(Pairing pairs) {
        Optional<Samples> before = base.of(Measure.COST);
        Optional<Samples> after = candidate.of(Measure.COST);
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        Ratio ofBase = new Ratio(base, before.get().values(), pairs.base());
        Ratio ofCandidate = new Ratio(candidate, after.get().values(), pairs.candidate());
        return List.of(
                difference(PER_IMAGE, after.get().measure(), ofBase.perImage(), ofCandidate.perImage(), pairs),
                difference(PER_USABLE, after.get().measure(), ofBase.perUsable(), ofCandidate.perUsable(), pairs));
    }

    private Difference difference(String id, Measure measure, Linear before, Linear after, Pairing pairs) {
        String reason = before.reason().isEmpty() ? after.reason() : "base: " + before.reason();
        if (pairs.size() < 2) {
            return PairedDifferences.tooFew(id, Use.DECIDES, pairs.size());
        }
        if (!reason.isEmpty()) {
            return new Unmeasured(id, Use.DECIDES, reason, pairs.size());
        }
        double[] parts = new double[pairs.size()];
        for (int k = 0; k < parts.length; k++) {
            parts[k] = after.value() * after.parts()[k] - before.value() * before.parts()[k];
        }
        StudentEstimate spread = StudentEstimate.of(parts, METHOD);
        StudentEstimate estimate = new StudentEstimate(
                after.value() - before.value(),
                spread.standardError(),
                spread.degreesOfFreedom(),
                spread.units(),
                METHOD);
        return new Measured(
                id,
                Use.DECIDES,
                measure.unit(),
                measure.direction(),
                before.value(),
                after.value(),
                estimate.value(),
                Optional.of(estimate.interval(level)),
                METHOD,
                pairs.size(),
                after.images());
    }

    /**
     * A ratio and its relative linear part per prompt.
     *
     * @param reason why there is none; empty if there is one
     */
    private record Linear(double value, double[] parts, int images, String reason) {

        static Linear none(String reason) {
            return new Linear(0, new double[0], 0, reason);
        }
    }

    /** Sums over some prompts of one run. */
    private final class Ratio {

        private final RunSamples run;
        private final int[] prompts;
        private final double[] cost;
        private final double[] complete;
        private double totalCost;
        private double totalComplete;

        Ratio(RunSamples run, PromptValues costs, int[] prompts) {
            this.run = run;
            this.prompts = prompts;
            cost = new double[prompts.length];
            complete = new double[prompts.length];
            for (int k = 0; k < prompts.length; k++) {
                cost[k] = costs.sum(prompts[k]);
                complete[k] = run.counts().complete()[prompts[k]];
                totalCost += cost[k];
                totalComplete += complete[k];
            }
        }

        Linear perImage() {
            if (totalComplete == 0) {
                return Linear.none("no complete images");
            }
            if (totalCost == 0) {
                return Linear.none("no price");
            }
            int n = prompts.length;
            double[] parts = new double[n];
            for (int k = 0; k < n; k++) {
                parts[k] = n * (cost[k] / totalCost - complete[k] / totalComplete);
            }
            return new Linear(totalCost / totalComplete, parts, (int) totalComplete, "");
        }

        Linear perUsable() {
            Linear perImage = perImage();
            Optional<Samples> usable = run.of(Measure.USABLE.id());
            if (usable.isEmpty() || !perImage.reason().isEmpty()) {
                return usable.isEmpty() ? Linear.none("no labels") : perImage;
            }
            int n = prompts.length;
            double totalUsable = 0;
            double totalJudged = 0;
            List<double[]> groups = new ArrayList<>();
            for (int prompt : prompts) {
                totalUsable += usable.get().values().sum(prompt);
                totalJudged += usable.get().values().count(prompt);
                groups.add(usable.get().values().of(prompt));
            }
            if (totalJudged == 0) {
                return Linear.none("no labels");
            }
            double least = RateEstimate.of(groups.toArray(double[][]::new))
                    .interval(level)
                    .lower();
            if (least < LEAST_RATE) {
                return Linear.none(
                        "the usable rate may be below " + LEAST_RATE + ", so that a ratio to it is not bounded");
            }
            double[] parts = new double[n];
            for (int k = 0; k < n; k++) {
                parts[k] = perImage.parts()[k]
                        - n * usable.get().values().sum(prompts[k]) / totalUsable
                        + n * usable.get().values().count(prompts[k]) / totalJudged;
            }
            double rate = totalUsable / totalJudged;
            return new Linear(perImage.value() / rate, parts, (int) totalJudged, "");
        }
    }
}
