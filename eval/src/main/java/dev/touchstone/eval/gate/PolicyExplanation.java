package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Limit;
import dev.touchstone.eval.gate.Criterion.Margin;
import dev.touchstone.eval.gate.GateMetric.Unit;
import dev.touchstone.eval.gate.GatePolicy.ReleaseKind;
import dev.touchstone.eval.gate.GatePolicy.ReleaseStage;
import dev.touchstone.eval.gate.PolicyPlan.Assumed;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.inference.QuantileEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A policy in words: what each rule will decide on, how often the gate may be wrong, and how many prompts it asks for. */
public final class PolicyExplanation {

    private PolicyExplanation() {}

    /**
     * Paragraphs, one sentence or more each, in the order of the policy.
     *
     * @param cohorts that there are; rules on every cohort of an axis count once for each
     */
    public static List<String> of(GatePolicy policy, PolicyVocabulary cohorts) {
        int guardrails = PolicyPlan.guardrails(policy, cohorts);
        List<String> words = new ArrayList<>();
        String alpha = Words.written(policy.budget().alpha() * 100) + " %";
        words.add(
                policy.release() == ReleaseKind.RUNTIME
                        ? "A runtime is released: the weights stay, so pictures of the same seed must stay alike."
                        : "Weights are released: pictures of the same seed may change, and that they do only explains.");
        words.add(
                policy.stage() == ReleaseStage.LIVE
                        ? "Users have the candidate already: a failed gate means rollback."
                        : "Users do not have the candidate yet: a failed gate means hold, or optimize if only time or money fail.");
        for (Rule rule : policy.rules()) {
            words.add(rule(rule, policy, guardrails));
        }
        int successes = policy.rules(Role.SUCCESS).size();
        words.add("Ship needs every guardrail to be shown to hold, each at " + alpha
                + " one-sided and unadjusted: a candidate"
                + " that is truly at one margin ships with a chance of at most " + alpha + ". "
                + (successes == 0
                        ? "The policy asks for no gain."
                        : "It also needs one success metric to be shown better, each at " + alpha
                                + " divided by the number of them."));
        words.add(
                "FAIL is said where a guardrail is shown to be broken, with Holm's correction over all of them: a candidate that"
                        + " breaks none fails with a chance of at most " + alpha
                        + ". Whatever is neither shown to hold nor to be broken is INCONCLUSIVE.");
        policy.weights()
                .ifPresent(weights -> words.add("The overall of means and rates has fixed shares by "
                        + weights.axis().id() + " (" + weights.shares() + "), so that a changed mix cannot move it."));
        policy.calibration()
                .ifPresent(use -> words.add("Margins inside the noise of A/A runs that " + use.file()
                        + " holds are refused; after " + use.maximumAgeDays()
                        + " days, or on other weights, another engine or machine, nothing passes."));
        return words;
    }

    private static String rule(Rule rule, GatePolicy policy, int guardrails) {
        StringBuilder words = new StringBuilder(rule.role().id() + " \"" + rule.text() + "\": ");
        words.append(where(rule.scope())).append(", ");
        boolean upper = rule.criterion().relation().upperBound();
        if (rule.criterion() instanceof Limit limit) {
            words.append("the candidate's ").append(name(rule.metric())).append(" must be shown to be ");
            words.append(upper ? "below " : "above ")
                    .append(amount(limit.bound(), rule.metric()))
                    .append('.');
        } else {
            Margin margin = (Margin) rule.criterion();
            words.append("the candidate's ").append(name(rule.metric())).append(" must be shown to be ");
            words.append(compared(margin, upper, rule.metric())).append(" over the prompts that both runs have.");
        }
        words.append(' ').append(method(rule));
        words.append(" Nothing is decided below ").append(rule.floor()).append(" prompts.");
        words.append(plan(rule, policy, guardrails));
        return words.toString();
    }

    private static String where(Scope scope) {
        if (scope instanceof Scope.Each each) {
            return "in every cohort of " + each.axis().id() + " by itself";
        }
        return scope instanceof Scope.One one ? "in " + one.cohort() : "over all prompts";
    }

    private static String name(GateMetric metric) {
        return switch (metric.statistic()) {
            case MEAN -> "mean " + metric.measure();
            case P50, P90, P95, P99 ->
                "quantile " + metric.statistic().probability().orElseThrow() + " of " + metric.measure();
            case RATE ->
                metric.measure().equals("usable")
                        ? "share of usable pictures among the judged"
                        : "share of planned pictures that are there";
            case PER_IMAGE -> "cost per complete picture";
            case PER_USABLE -> "cost per usable picture";
            default -> metric.measure();
        };
    }

    private static String amount(double value, GateMetric metric) {
        return switch (metric.unit()) {
            case SECONDS -> Words.written(value) + " s";
            case SHARE -> Words.written(value * 100) + " %";
            case DECIBELS -> Words.written(value) + " dB";
            default -> Words.written(value);
        };
    }

    private static String compared(Margin margin, boolean upper, GateMetric metric) {
        if (margin.margin() == 0) {
            return upper ? "lower than the baseline's" : "higher than the baseline's";
        }
        String size = margin.kind() == Kind.RELATIVE
                ? Words.written(Math.abs(margin.margin()) * 100) + " %"
                : metric.unit() == Unit.SHARE
                        ? Words.written(Math.abs(margin.margin()) * 100) + " points"
                        : amount(Math.abs(margin.margin()), metric);
        boolean lenient = upper == margin.margin() > 0;
        String side = upper ? "above" : "below";
        String other = upper ? "below" : "above";
        return lenient
                ? "less than " + size + " " + side + " the baseline's"
                : "more than " + size + " " + other + " the baseline's";
    }

    private static String method(Rule rule) {
        GateMetric metric = rule.metric();
        boolean own = rule.criterion() instanceof Limit;
        Optional<Double> probability = metric.statistic().probability();
        if (probability.isPresent()) {
            return own
                    ? "How many prompts lie beyond the bound is exactly binomial, as in MLPerf's rule; none may with fewer than "
                            + QuantileEstimate.needed(probability.get(), 0, 0.95) + " prompts."
                    : "Which side's prompts lie above the common quantile is a mid-p sign test; a quantile is shown from "
                            + OrderStatistics.minimumCount(probability.get(), 0.95) + " prompts.";
        }
        return switch (metric.statistic()) {
            case RATE ->
                own ? "Wilson's interval at the effective sample size." : "t over prompts with a pseudo prompt.";
            case PER_IMAGE, PER_USABLE ->
                own ? "A ratio of sums, t over prompts." : "Ratios of sums against one another, over prompts.";
            case COMPARED -> "The interval of the comparison.";
            default -> own ? "t over prompts." : "Paired by prompt; images of a prompt count once.";
        };
    }

    /** For margins on rates: prompts that find a loss of ten points. */
    private static String plan(Rule rule, GatePolicy policy, int guardrails) {
        if (!rule.metric().measure().equals("usable")) {
            return "";
        }
        OptionalLong one = PolicyPlan.prompts(policy, rule, 0.10, new Assumed(0.8, 1, 0.5), guardrails);
        OptionalLong four = PolicyPlan.prompts(policy, rule, 0.10, new Assumed(0.8, 4, 0.5), guardrails);
        if (one.isEmpty() || four.isEmpty()) {
            return "";
        }
        return " To find a loss of 10 points with a chance of "
                + Words.written(policy.budget().power() * 100) + " %"
                + " it asks for about " + one.getAsLong() + " prompts with one judged picture each, or "
                + four.getAsLong() + " with four (usable 0.8, correlation of a prompt's pictures 0.5, " + guardrails
                + " guardrails)" + (rule.scope() instanceof Scope.Each ? ", in every cohort." : ".");
    }
}
