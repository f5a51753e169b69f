package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.Difference;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.compare.Measure;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.gate.Finding.Quantity;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.gate.PairedRuns.Means;
import dev.touchstone.eval.gate.PairedRuns.Pairs;
import dev.touchstone.eval.inference.Estimate;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.PairedQuantileEstimate;
import dev.touchstone.eval.inference.PairedQuantileEstimate.Shift;
import dev.touchstone.eval.inference.QuantileEstimate;
import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.inference.RatioEstimate;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.CohortKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/** The estimates of a metric in a cohort: the candidate's own, and the two runs against one another. */
final class RuleEvidence {

    private static final String T = "paired by prompt, t over prompts";

    /**
     * An estimate with the two runs' numbers, or why there is none.
     *
     * @param estimate empty where there is a reason
     * @param reason empty where there is an estimate
     */
    record Answer(
            Optional<Estimate> estimate,
            Quantity quantity,
            double candidate,
            OptionalDouble baseline,
            String unit,
            String reason) {

        static Answer none(String reason) {
            return new Answer(Optional.empty(), Quantity.VALUE, 0, OptionalDouble.empty(), "1", reason);
        }
    }

    private final PairedRuns runs;
    private final GateMetric metric;
    private final CohortKey cohort;
    private final Pairs pairs;

    /** @param pairs of the cohort */
    RuleEvidence(PairedRuns runs, GateMetric metric, CohortKey cohort, Pairs pairs) {
        this.runs = runs;
        this.metric = metric;
        this.cohort = cohort;
        this.pairs = pairs;
    }

    int prompts() {
        return pairs.size();
    }

    /** The candidate's own number, over all its prompts of the cohort. */
    Answer own() {
        if (metric.statistic() == Statistic.COMPARED) {
            return compared();
        }
        int[] prompts = runs.candidate().prompts().of(cohort);
        if (isCost()) {
            CostRatio ratio = CostRatio.of(runs.candidate(), prompts, metric.statistic());
            return !ratio.reason().isEmpty() || prompts.length < 2
                    ? Answer.none(ratio.reason().isEmpty() ? "fewer than 2 prompts" : ratio.reason())
                    : value(
                            StudentEstimate.of(
                                    ratio.values(), "ratio of sums over prompts, linearised, t over prompts"),
                            ratio.unit());
        }
        Optional<Samples> samples = PairedRuns.samples(runs.candidate(), metric.measure());
        if (samples.isEmpty()) {
            return Answer.none("the candidate has no " + named(metric.measure()));
        }
        String unit = samples.get().measure().unit();
        double[] means = PairedRuns.promptMeans(samples.get().values(), prompts);
        if (means.length < 2) {
            return Answer.none("fewer than 2 prompts with " + metric.measure());
        }
        Optional<Double> probability = metric.statistic().probability();
        if (probability.isPresent()) {
            return value(new QuantileEstimate(means, probability.get()), unit);
        }
        if (metric.statistic() == Statistic.RATE) {
            double[][] groups =
                    Arrays.stream(prompts).mapToObj(samples.get().values()::of).toArray(double[][]::new);
            return value(RateEstimate.of(groups), unit);
        }
        return value(StudentEstimate.of(means, "t over prompts"), unit);
    }

    /** What is missing, as people call it. */
    private static String named(String measure) {
        return measure.equals(Measure.USABLE.id()) ? "votes on usable pictures" : measure;
    }

    private static Answer value(Estimate estimate, String unit) {
        return new Answer(Optional.of(estimate), Quantity.VALUE, estimate.value(), OptionalDouble.empty(), unit, "");
    }

    /** Candidate minus baseline, or candidate over baseline. */
    Answer against(Criterion.Kind kind) {
        if (metric.statistic() == Statistic.COMPARED) {
            return compared();
        }
        return isCost() ? cost(kind) : samples(kind);
    }

    private boolean isCost() {
        return metric.statistic() == Statistic.PER_IMAGE || metric.statistic() == Statistic.PER_USABLE;
    }

    private Answer cost(Criterion.Kind kind) {
        CostRatio before = CostRatio.of(runs.base(), pairs.base(), metric.statistic());
        CostRatio after = CostRatio.of(runs.candidate(), pairs.candidate(), metric.statistic());
        String reason = before.reason().isEmpty() ? after.reason() : "baseline: " + before.reason();
        if (reason.isEmpty() && pairs.size() < 2) {
            reason = "fewer than 2 prompts";
        }
        if (reason.isEmpty() && !before.unit().equals(after.unit())) {
            reason = "the baseline is in " + before.unit() + ", the candidate in " + after.unit();
        }
        if (!reason.isEmpty()) {
            return Answer.none(reason);
        }
        return pair(
                after.values(),
                before.values(),
                kind,
                after.unit(),
                "ratio of sums over prompts, linearised and paired by prompt, t over prompts");
    }

    private Answer samples(Criterion.Kind kind) {
        Optional<Samples> before = PairedRuns.samples(runs.base(), metric.measure());
        Optional<Samples> after = PairedRuns.samples(runs.candidate(), metric.measure());
        if (before.isEmpty() || after.isEmpty()) {
            return Answer.none(
                    "the " + (after.isEmpty() ? "candidate" : "baseline") + " has no " + named(metric.measure()));
        }
        if (!before.get().measure().id().equals(after.get().measure().id())) {
            return Answer.none("the baseline has " + before.get().measure().id() + ", the candidate "
                    + after.get().measure().id());
        }
        String unit = after.get().measure().unit();
        if (metric.statistic() == Statistic.RATE && kind == Criterion.Kind.ABSOLUTE) {
            return rates(before.get(), after.get(), unit);
        }
        Means means = Means.of(before.get().values(), after.get().values(), pairs);
        if (means.base().length < 2) {
            return Answer.none("fewer than 2 prompts with " + metric.measure() + " in both runs");
        }
        Optional<Double> probability = metric.statistic().probability();
        if (probability.isPresent()) {
            Shift shift = kind == Criterion.Kind.RELATIVE ? Shift.RATIO : Shift.DIFFERENCE;
            boolean positive = Arrays.stream(means.base()).allMatch(v -> v > 0)
                    && Arrays.stream(means.candidate()).allMatch(v -> v > 0);
            if (shift == Shift.RATIO && !positive) {
                return Answer.none("a ratio of times that are not all above 0");
            }
            Estimate estimate = new PairedQuantileEstimate(means.candidate(), means.base(), probability.get(), shift);
            return new Answer(
                    Optional.of(estimate),
                    kind == Criterion.Kind.RELATIVE ? Quantity.RATIO : Quantity.DIFFERENCE,
                    new QuantileEstimate(means.candidate(), probability.get()).value(),
                    OptionalDouble.of(new QuantileEstimate(means.base(), probability.get()).value()),
                    unit,
                    "");
        }
        return pair(means.candidate(), means.base(), kind, unit, T);
    }

    /** Two values per prompt whose means are compared. */
    private static Answer pair(double[] candidate, double[] base, Criterion.Kind kind, String unit, String method) {
        double before = Arrays.stream(base).average().orElseThrow();
        double after = Arrays.stream(candidate).average().orElseThrow();
        if (kind == Criterion.Kind.RELATIVE && !(before > 0)) {
            return Answer.none("a share of a baseline that is not above 0");
        }
        Estimate estimate;
        if (kind == Criterion.Kind.RELATIVE) {
            estimate = RatioEstimate.of(candidate, base, method.replace("t over prompts", "Fieller over prompts"));
        } else {
            double[] differences = new double[base.length];
            Arrays.setAll(differences, i -> candidate[i] - base[i]);
            estimate = StudentEstimate.of(differences, method);
        }
        return new Answer(
                Optional.of(estimate),
                kind == Criterion.Kind.RELATIVE ? Quantity.RATIO : Quantity.DIFFERENCE,
                after,
                OptionalDouble.of(before),
                unit,
                "");
    }

    private Answer rates(Samples before, Samples after, String unit) {
        int n = 0;
        double[][] first = new double[pairs.size()][];
        double[][] second = new double[pairs.size()][];
        double firstSum = 0;
        double secondSum = 0;
        for (int k = 0; k < pairs.size(); k++) {
            double[] candidate = after.values().of(pairs.candidate()[k]);
            double[] base = before.values().of(pairs.base()[k]);
            if (candidate.length > 0 && base.length > 0) {
                first[n] = candidate;
                second[n++] = base;
                firstSum += Arrays.stream(candidate).average().orElseThrow();
                secondSum += Arrays.stream(base).average().orElseThrow();
            }
        }
        if (n < 2) {
            return Answer.none("fewer than 2 prompts with " + metric.measure() + " in both runs");
        }
        Estimate estimate = StudentEstimate.ofShares(Arrays.copyOf(first, n), Arrays.copyOf(second, n));
        return new Answer(
                Optional.of(estimate), Quantity.DIFFERENCE, firstSum / n, OptionalDouble.of(secondSum / n), unit, "");
    }

    /** A number that the comparison computed with an interval. */
    private Answer compared() {
        Optional<Difference> found = runs.comparison()
                .flatMap(comparison -> comparison.cohort(cohort))
                .map(CohortDifferences::differences)
                .flatMap(all -> all.stream()
                        .filter(one -> one.metric().equals(metric.measure())
                                || one.metric().startsWith(metric.measure() + "["))
                        .findFirst());
        if (found.isEmpty()) {
            return Answer.none("the runs were compared without " + metric.measure());
        }
        if (found.get() instanceof Difference.Unmeasured unmeasured) {
            return Answer.none(unmeasured.reason());
        }
        Difference.Measured measured = (Difference.Measured) found.get();
        if (measured.interval().isEmpty() || measured.use() == Use.SHOWN || measured.prompts() < 2) {
            return Answer.none(metric.measure() + " has no interval here");
        }
        Interval interval = measured.interval().get();
        int freedom = measured.prompts() - 1;
        double t = new TDistribution(null, freedom).inverseCumulativeProbability(1 - (1 - interval.level()) / 2);
        double error = (interval.upper() - interval.lower()) / 2 / t;
        if (!Double.isFinite(error)) {
            return Answer.none(metric.measure() + " has an unbounded interval here");
        }
        Estimate estimate = new StudentEstimate(
                measured.difference(),
                error,
                freedom,
                measured.prompts(),
                measured.method() + ", t at its standard error");
        return new Answer(
                Optional.of(estimate),
                metric.sameSeed() ? Quantity.VALUE : Quantity.DIFFERENCE,
                measured.candidate(),
                metric.sameSeed() ? OptionalDouble.empty() : OptionalDouble.of(measured.base()),
                measured.unit(),
                "");
    }
}
