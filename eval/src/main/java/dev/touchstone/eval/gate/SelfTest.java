package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Measure;
import dev.touchstone.eval.compare.PromptSet;
import dev.touchstone.eval.compare.PromptValues;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.compare.RunSamples.ImageCounts;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.gate.GateInputs.PolicySource;
import dev.touchstone.eval.gate.GateInputs.Runs;
import dev.touchstone.eval.gate.GateInputs.Setting;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Tries a policy on a run of the user's own. The prompts of every cohort are split at random into two halves, one the baseline and
 * one the candidate of a release in which nothing changed; then faults are planted in the candidate. How often the gate speaks up
 * is its false-alarm rate and its detection rate. Halves are of different prompts, so the gate sees more noise here than between
 * two runs of the same prompts, and half as many of them: both rates are on the cautious side of what a release would meet.
 */
public final class SelfTest {

    private static final String SAMPLING = "latency.phase.sampling";

    /** What is done to the candidate half. */
    public enum Fault {
        NONE("nothing (A/A)"),
        SAMPLING_2("2 % slower sampling"),
        SAMPLING_10("10 % slower sampling"),
        USABLE_5("5 points fewer usable"),
        USABLE_10("10 points fewer usable"),
        SWAPPED_COHORT("one cohort's pictures swapped with another's"),
        ONE_FAILED_IN_20("one picture in 20 not delivered");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /**
     * How a policy did under a fault.
     *
     * @param fault what was planted
     * @param trials how many splits
     * @param failed splits in which the gate said FAIL
     * @param passed splits in which it said PASS
     * @param interval Wilson's 95 % interval of the share that failed; splits of one run are not independent, so it is an indication
     */
    public record Rate(Fault fault, int trials, int failed, int passed, Interval interval) {}

    private final RunSamples run;
    private final String policyName;
    private final String policyText;
    private final long seed;

    /** @throws PolicyException if the policy is not valid for the run */
    public SelfTest(RunSamples run, String policyName, String policyText, long seed) {
        this.run = run;
        this.policyName = policyName;
        this.policyText = policyText;
        this.seed = seed;
        policy();
    }

    private GatePolicy policy() {
        return PolicyReader.parse(policyName, policyText.getBytes(StandardCharsets.UTF_8), GateStage.vocabulary(run));
    }

    /** Tries every fault with a number of splits; the answer does not depend on the number of threads. */
    public List<Rate> rates(int trials) {
        List<Rate> rates = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            List<Verdict> verdicts = IntStream.range(0, trials)
                    .parallel()
                    .mapToObj(trial -> verdict(fault, trial))
                    .toList();
            int failed = (int) verdicts.stream().filter(Verdict.FAIL::equals).count();
            int passed = (int) verdicts.stream().filter(Verdict.PASS::equals).count();
            rates.add(new Rate(fault, trials, failed, passed, WilsonInterval.of(failed, trials, 0.95)));
        }
        return rates;
    }

    private Verdict verdict(Fault fault, int trial) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + trial);
        List<int[]> pairs = halves(random);
        PromptSet prompts = prompts(pairs);
        RunSamples base = half(pairs, 0, prompts, Fault.NONE, random.split());
        RunSamples candidate = half(pairs, 1, prompts, fault, random.split());
        PairedRuns runs = new PairedRuns(base, candidate, Optional.empty());
        return Decider.decide(new GateInputs(
                        new Runs("candidate half", "baseline half", "", ""),
                        new PolicySource(policyName, policyText, GateStage.vocabulary(run)),
                        LocalDate.EPOCH,
                        1,
                        new Setting(true, "self-test", fault.words(), List.of(), 0, 0),
                        List.of(),
                        new Evidence(policy(), runs).findings(),
                        List.of(),
                        List.of(),
                        Optional.empty()))
                .verdict();
    }

    /** Prompts with the same labels on every axis, two by two in random order; one that is left over is left out. */
    private List<int[]> halves(SplittableRandom random) {
        Map<String, List<Integer>> alike = new TreeMap<>();
        for (int p = 0; p < run.prompts().size(); p++) {
            StringBuilder key = new StringBuilder();
            for (CohortAxis axis : CohortAxis.values()) {
                key.append(run.prompts().label(p, axis)).append('\n');
            }
            alike.computeIfAbsent(key.toString(), labels -> new ArrayList<>()).add(p);
        }
        List<int[]> pairs = new ArrayList<>();
        for (List<Integer> group : alike.values()) {
            for (int i = group.size() - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = group.get(i);
                group.set(i, group.get(j));
                group.set(j, kept);
            }
            for (int i = 0; i + 1 < group.size(); i += 2) {
                pairs.add(new int[] {group.get(i), group.get(i + 1)});
            }
        }
        return pairs;
    }

    private PromptSet prompts(List<int[]> pairs) {
        TreeMap<String, Map<CohortAxis, String>> labels = new TreeMap<>();
        for (int k = 0; k < pairs.size(); k++) {
            Map<CohortAxis, String> own = new EnumMap<>(CohortAxis.class);
            for (CohortAxis axis : CohortAxis.values()) {
                own.put(axis, run.prompts().label(pairs.get(k)[0], axis));
            }
            labels.put(String.format(Locale.ROOT, "pair-%07d", k), own);
        }
        return PromptSet.of(labels);
    }

    private RunSamples half(List<int[]> pairs, int side, PromptSet prompts, Fault fault, SplittableRandom random) {
        int[] source = pairs.stream().mapToInt(pair -> pair[side]).toArray();
        if (fault == Fault.SWAPPED_COHORT) {
            swap(source, prompts);
        }
        int[] complete =
                Arrays.stream(source).map(p -> run.counts().complete()[p]).toArray();
        int[] none = new int[source.length];
        TreeMap<String, Samples> measures = new TreeMap<>();
        for (Samples samples : run.measures().values()) {
            PromptValues.Builder values = new PromptValues.Builder();
            for (int k = 0; k < source.length; k++) {
                for (int i = 0; i < samples.values().count(source[k]); i++) {
                    double value = samples.values().value(source[k], i);
                    // Images are counted anew, so that halves of different prompts have the same indexes.
                    values.add(k, i, planted(fault, samples.measure(), value, source[k], random));
                }
            }
            measures.put(samples.measure().id(), new Samples(samples.measure(), values.build(source.length)));
        }
        String name = side == 0 ? "baseline half" : "candidate half";
        return new RunSamples(name, prompts, run.slices(), new ImageCounts(complete, none, none, none, none), measures);
    }

    /** The pictures of the first two workflows change places. */
    private static void swap(int[] source, PromptSet prompts) {
        List<CohortKey> cohorts = prompts.cohorts(List.of(CohortAxis.WORKFLOW));
        if (cohorts.size() < 2) {
            return;
        }
        int[] first = prompts.of(cohorts.get(0));
        int[] second = prompts.of(cohorts.get(1));
        int[] before = source.clone();
        for (int k = 0; k < first.length; k++) {
            source[first[k]] = before[second[k % second.length]];
        }
        for (int k = 0; k < second.length; k++) {
            source[second[k]] = before[first[k % first.length]];
        }
    }

    private double planted(Fault fault, Measure measure, double value, int prompt, SplittableRandom random) {
        double slower = fault == Fault.SAMPLING_2 ? 0.02 : fault == Fault.SAMPLING_10 ? 0.10 : 0;
        if (slower > 0) {
            double sampling = run.of(SAMPLING)
                    .filter(samples -> samples.values().count(prompt) > 0)
                    .map(samples -> samples.values().sum(prompt))
                    .orElse(0.0);
            if (measure.equals(Measure.END_TO_END)
                    || measure.equals(Measure.SERVICE)
                    || measure.id().equals(SAMPLING)) {
                return value + slower * sampling;
            }
            double seconds = run.of(Measure.SERVICE.id())
                    .map(samples -> samples.values().sum(prompt))
                    .orElse(0.0);
            return measure.id().equals(Measure.COST) && seconds > 0 ? value * (1 + slower * sampling / seconds) : value;
        }
        if (measure.equals(Measure.USABLE) && (fault == Fault.USABLE_5 || fault == Fault.USABLE_10)) {
            double points = fault == Fault.USABLE_5 ? 0.05 : 0.10;
            return value == 1 && random.nextDouble() < points / usableRate() ? 0 : value;
        }
        return measure.equals(Measure.DELIVERED) && fault == Fault.ONE_FAILED_IN_20 && random.nextDouble() < 0.05
                ? 0
                : value;
    }

    private double usableRate() {
        PromptValues values = run.of(Measure.USABLE.id()).orElseThrow().values();
        double sum = 0;
        for (int p = 0; p < values.prompts(); p++) {
            sum += values.sum(p);
        }
        return Math.max(0.10, sum / values.size());
    }
}
