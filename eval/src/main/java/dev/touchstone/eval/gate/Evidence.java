package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Limit;
import dev.touchstone.eval.gate.Criterion.Margin;
import dev.touchstone.eval.gate.Finding.Quantity;
import dev.touchstone.eval.gate.GatePolicy.CohortWeights;
import dev.touchstone.eval.gate.GatePolicy.ErrorBudget;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.gate.RuleEvidence.Answer;
import dev.touchstone.eval.inference.Estimate;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.RatioEstimate;
import dev.touchstone.eval.inference.SampleSize;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Asks the runs what the rules of a policy need to know. */
final class Evidence {

    /** Closer to the bound than this share of the interval's half width, nobody is told a number of prompts. */
    private static final double HOPELESS = 0.02;

    private final GatePolicy policy;
    private final PairedRuns runs;
    private final Map<CohortKey, PairedRuns.Pairs> pairs = new HashMap<>();

    /** Of a rule's number against the baseline, whatever the rule asks. */
    private record Versus(double worse, double better) {

        private static final Versus UNKNOWN = new Versus(1, 1);
    }

    Evidence(GatePolicy policy, PairedRuns runs) {
        this.policy = policy;
        this.runs = runs;
    }

    /** A finding for every rule and every cohort it is judged in, in the order of the policy and of the cohorts' labels. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : policy.rules()) {
            for (CohortKey cohort : cohorts(rule.scope())) {
                findings.add(finding(rule, cohort));
            }
        }
        return findings;
    }

    private RuleEvidence of(GateMetric metric, CohortKey cohort) {
        return new RuleEvidence(runs, metric, cohort, pairs.computeIfAbsent(cohort, runs::pairs));
    }

    private List<CohortKey> cohorts(Scope scope) {
        if (scope instanceof Scope.Each each) {
            return runs.candidate().prompts().cohorts(List.of(each.axis()));
        }
        return List.of(scope instanceof Scope.One one ? one.cohort() : CohortKey.OVERALL);
    }

    private Finding finding(Rule rule, CohortKey cohort) {
        RuleEvidence evidence = of(rule.metric(), cohort);
        Answer answer;
        double bound;
        if (rule.criterion() instanceof Limit limit) {
            answer = evidence.own();
            bound = limit.bound();
        } else {
            Margin margin = (Margin) rule.criterion();
            answer =
                    standardised(rule.metric(), cohort, margin.kind()).orElseGet(() -> evidence.against(margin.kind()));
            bound = margin.kind() == Kind.RELATIVE ? 1 + margin.margin() : margin.margin();
        }
        if (answer.estimate().isEmpty()) {
            return new Finding.Unmeasured(rule.text(), cohort, answer.reason(), evidence.prompts());
        }
        Estimate estimate = answer.estimate().get();
        boolean upper = rule.criterion().relation().upperBound();
        Versus versus = rule.criterion() instanceof Margin
                ? versus(rule.metric(), answer)
                : versus(rule.metric(), evidence.against(Kind.ABSOLUTE));
        Interval interval = estimate.interval(1 - 2 * policy.budget().alpha());
        return new Finding.Measured(
                rule.text(),
                cohort,
                new Finding.Sides(answer.candidate(), answer.baseline(), answer.unit()),
                new Finding.Tested(answer.quantity(), estimate.value(), bound, interval, estimate.method()),
                new Finding.Tests(
                        upper ? estimate.above(bound) : estimate.below(bound),
                        upper ? estimate.below(bound) : estimate.above(bound),
                        versus.worse(),
                        versus.better()),
                estimate.units(),
                needed(estimate, bound, interval, policy.budget()));
    }

    private static Versus versus(GateMetric metric, Answer answer) {
        if (answer.estimate().isEmpty() || answer.quantity() == Quantity.VALUE) {
            return Versus.UNKNOWN;
        }
        double none = answer.quantity() == Quantity.RATIO ? 1 : 0;
        double above = answer.estimate().get().above(none);
        double below = answer.estimate().get().below(none);
        return metric.direction() == Direction.LOWER_IS_BETTER ? new Versus(above, below) : new Versus(below, above);
    }

    /** The overall of fixed cohort weights, for means and rates; empty where the policy has none or the metric is no mean. */
    private Optional<Answer> standardised(GateMetric metric, CohortKey cohort, Kind kind) {
        boolean mean =
                metric.statistic() == GateMetric.Statistic.MEAN || metric.statistic() == GateMetric.Statistic.RATE;
        if (!cohort.equals(CohortKey.OVERALL) || policy.weights().isEmpty() || !mean) {
            return Optional.empty();
        }
        CohortWeights weights = policy.weights().get();
        double[] shares = new double[weights.shares().size()];
        List<Estimate> strata = new ArrayList<>();
        double candidate = 0;
        double baseline = 0;
        String unit = "1";
        for (Map.Entry<String, Double> share : weights.shares().entrySet()) {
            Answer one =
                    of(metric, CohortKey.of(weights.axis(), share.getKey())).against(kind);
            if (one.estimate().isEmpty()) {
                return Optional.of(Answer.none(weights.axis().id() + "=" + share.getKey() + ": " + one.reason()));
            }
            candidate += share.getValue() * one.candidate();
            baseline += share.getValue() * one.baseline().orElse(0);
            unit = one.unit();
            shares[strata.size()] = share.getValue();
            strata.add(one.estimate().get());
        }
        Estimate estimate = kind == Kind.RELATIVE
                ? RatioEstimate.weighted(
                        strata.stream().map(RatioEstimate.class::cast).toList(), shares)
                : StudentEstimate.weighted(
                        strata.stream().map(StudentEstimate.class::cast).toList(), shares);
        return Optional.of(new Answer(
                Optional.of(estimate),
                kind == Kind.RELATIVE ? Quantity.RATIO : Quantity.DIFFERENCE,
                candidate,
                OptionalDouble.of(baseline),
                unit,
                ""));
    }

    /** Prompts that would decide, if the value and the spread stayed what they are. */
    private static OptionalLong needed(Estimate estimate, double bound, Interval interval, ErrorBudget budget) {
        double half = (interval.upper() - interval.lower()) / 2;
        double distance = Math.abs(estimate.value() - bound);
        if (!interval.bounded() || distance <= HOPELESS * half) {
            return OptionalLong.empty();
        }
        double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - budget.alpha());
        double spread = half / z * Math.sqrt(estimate.units());
        return OptionalLong.of(SampleSize.units(spread, distance, budget.alpha(), budget.power()));
    }
}
