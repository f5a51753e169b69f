package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Comparison;
import dev.touchstone.eval.compare.Difference;
import dev.touchstone.eval.compare.Measure;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GateInputs.CohortProfile;
import dev.touchstone.eval.gate.GateInputs.Movement;
import dev.touchstone.eval.gate.GateInputs.PolicySource;
import dev.touchstone.eval.gate.GateInputs.Profile;
import dev.touchstone.eval.gate.GateInputs.Runs;
import dev.touchstone.eval.gate.GateInputs.Setting;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** From two compared runs and a policy to a decision. */
public final class GateStage {

    private final PairedRuns runs;
    private final Comparison comparison;

    public GateStage(RunSamples base, RunSamples candidate, Comparison comparison) {
        this.runs = new PairedRuns(base, candidate, Optional.of(comparison));
        this.comparison = comparison;
    }

    /** The cohorts of the candidate that a policy may name. */
    public PolicyVocabulary vocabulary() {
        return vocabulary(runs.candidate());
    }

    /** The cohorts of a run. */
    public static PolicyVocabulary vocabulary(RunSamples run) {
        SortedMap<CohortAxis, SortedSet<String>> labels = new TreeMap<>();
        for (CohortAxis axis : CohortAxis.values()) {
            SortedSet<String> names = new TreeSet<>();
            for (int i = 0; i < run.prompts().size(); i++) {
                names.add(run.prompts().label(i, axis));
            }
            names.remove("");
            labels.put(axis, names);
        }
        return new PolicyVocabulary(labels);
    }

    /**
     * Decides.
     *
     * @param policyName of the file
     * @param policyText its contents
     * @param day UTC
     * @param looks how often this candidate was decided on, this time included
     * @param calibration what the policy names, where it names one
     * @throws PolicyException with every problem of the policy
     */
    public Decision decide(
            String policyName, String policyText, LocalDate day, int looks, Optional<CalibrationFound> calibration) {
        GatePolicy policy = PolicyReader.parse(policyName, policyText.getBytes(StandardCharsets.UTF_8), vocabulary());
        boolean comparable = comparison.conditions().comparable();
        return Decider.decide(new GateInputs(
                new Runs(
                        comparison.candidate().run().value(),
                        comparison.base().run().value(),
                        comparison.candidate().imagesDigest(),
                        comparison.base().imagesDigest()),
                new PolicySource(policyName, policyText, vocabulary()),
                day,
                looks,
                new Setting(
                        comparable,
                        comparison.conditions().kind().id(),
                        comparison.conditions().headline(),
                        comparison.conditions().variables().stream()
                                .map(change -> change.name())
                                .toList(),
                        comparison.coverage().images(),
                        comparison.coverage().identical()),
                comparison.falseWins(),
                comparable ? new Evidence(policy, runs).findings() : List.of(),
                movements(),
                comparable ? profiles(policy) : List.of(),
                calibration));
    }

    private List<Movement> movements() {
        List<Movement> movements = new ArrayList<>();
        for (Comparison.CohortDifferences cohort : comparison.cohorts()) {
            for (Difference difference : cohort.differences()) {
                if (difference instanceof Difference.Measured one
                        && one.interval().isPresent()
                        && one.prompts() >= PolicyReader.FLOOR
                        && !one.interval().get().contains(0)) {
                    movements.add(new Movement(
                            one.metric(),
                            cohort.cohort(),
                            one.base(),
                            one.candidate(),
                            one.interval().get(),
                            one.unit(),
                            one.direction()));
                }
            }
        }
        return movements;
    }

    private List<CohortProfile> profiles(GatePolicy policy) {
        CohortAxis axis = policy.weights().map(GatePolicy.CohortWeights::axis).orElse(CohortAxis.WORKFLOW);
        boolean judged = runs.base().of(Measure.USABLE.id()).isPresent()
                && runs.candidate().of(Measure.USABLE.id()).isPresent();
        GateMetric quality =
                GateMetric.named(judged ? "usable.rate" : "adherence").orElseThrow();
        return runs.candidate().prompts().cohorts(List.of(axis)).stream()
                .map(cohort -> profile(cohort, quality))
                .toList();
    }

    private CohortProfile profile(CohortKey cohort, GateMetric quality) {
        PairedRuns.Pairs pairs = runs.pairs(cohort);
        Optional<Interval> gain = new RuleEvidence(runs, quality, cohort, pairs)
                .against(Criterion.Kind.ABSOLUTE)
                .estimate()
                .map(estimate -> estimate.interval(0.95));
        return new CohortProfile(
                cohort,
                quality.name(),
                profile(runs.base(), pairs.base(), quality),
                profile(runs.candidate(), pairs.candidate(), quality),
                gain);
    }

    private static Profile profile(RunSamples run, int[] prompts, GateMetric quality) {
        CostRatio cost = CostRatio.of(run, prompts, Statistic.PER_IMAGE);
        return new Profile(
                mean(run, quality.measure(), prompts),
                mean(run, Measure.END_TO_END.id(), prompts),
                cost.reason().isEmpty() ? OptionalDouble.of(cost.value()) : OptionalDouble.empty());
    }

    private static OptionalDouble mean(RunSamples run, String measure, int[] prompts) {
        return PairedRuns.samples(run, measure)
                .map(samples -> Arrays.stream(PairedRuns.promptMeans(samples.values(), prompts))
                        .average())
                .orElse(OptionalDouble.empty());
    }
}
