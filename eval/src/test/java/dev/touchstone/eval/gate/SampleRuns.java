package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.compare.Measure;
import dev.touchstone.eval.compare.PromptSet;
import dev.touchstone.eval.compare.PromptValues;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.compare.RunSamples.ImageCounts;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GateInputs.PolicySource;
import dev.touchstone.eval.gate.GateInputs.Runs;
import dev.touchstone.eval.gate.GateInputs.Setting;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.metric.Direction;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Runs whose truth is known, with as little code as a test needs. */
final class SampleRuns {

    static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private SampleRuns() {}

    /**
     * A run of two workflows.
     *
     * @param prompts of a workflow
     * @param usable share in the first and in the second
     * @param seconds of a request
     */
    static RunSamples run(int prompts, double[] usable, double seconds, long seed) {
        TreeMap<String, Map<CohortAxis, String>> labels = new TreeMap<>();
        String[] workflows = {"edits", "portrait-realism"};
        for (int w = 0; w < 2; w++) {
            for (int p = 0; p < prompts; p++) {
                labels.put(
                        String.format(Locale.ROOT, "%d-%04d", w, p),
                        Map.of(CohortAxis.WORKFLOW, workflows[w], CohortAxis.USER_TYPE, "prosumer"));
            }
        }
        PromptSet set = PromptSet.of(labels);
        SplittableRandom random = new SplittableRandom(seed);
        PromptValues.Builder verdicts = new PromptValues.Builder();
        PromptValues.Builder latency = new PromptValues.Builder();
        PromptValues.Builder cost = new PromptValues.Builder();
        PromptValues.Builder delivered = new PromptValues.Builder();
        int n = set.size();
        for (int p = 0; p < n; p++) {
            for (int image = 0; image < 2; image++) {
                verdicts.add(p, image, random.nextDouble() < usable[p < prompts ? 0 : 1] ? 1 : 0);
                delivered.add(p, image, 1);
            }
            double own = seconds * (1 + 0.1 * (p % 5)) * Math.exp(0.02 * random.nextGaussian());
            latency.add(p, 0, own);
            cost.add(p, 0, own * 1e-4);
        }
        int[] complete = new int[n];
        Arrays.fill(complete, 2);
        TreeMap<String, Samples> measures = new TreeMap<>();
        put(measures, Measure.USABLE, verdicts, n);
        put(measures, Measure.DELIVERED, delivered, n);
        put(measures, Measure.END_TO_END, latency, n);
        put(measures, new Measure(Measure.COST, "USD", Optional.of(Direction.LOWER_IS_BETTER)), cost, n);
        int[] none = new int[n];
        return new RunSamples(
                "run-" + seed,
                set,
                List.of(List.of(CohortAxis.WORKFLOW)),
                new ImageCounts(complete, none, none, none, none),
                measures);
    }

    private static void put(TreeMap<String, Samples> measures, Measure measure, PromptValues.Builder values, int n) {
        measures.put(measure.id(), new Samples(measure, values.build(n)));
    }

    static GateInputs inputs(RunSamples base, RunSamples candidate, String policy, FalseWin... wins) {
        PolicyVocabulary vocabulary = GateStage.vocabulary(candidate);
        GatePolicy read = PolicyReader.parse("policy.yaml", policy.getBytes(StandardCharsets.UTF_8), vocabulary);
        return new GateInputs(
                new Runs("candidate", "baseline", "c0", "b0"),
                new PolicySource("policy.yaml", policy, vocabulary),
                DAY,
                1,
                new Setting(true, "one-variable", "only steps changed: 12 -> 4", List.of("steps"), 100, 0),
                List.of(wins),
                new Evidence(read, new PairedRuns(base, candidate, Optional.empty())).findings(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static GateInputs with(GateInputs inputs, CalibrationFound calibration, int looks) {
        return new GateInputs(
                inputs.runs(),
                inputs.policy(),
                inputs.day(),
                looks,
                inputs.conditions(),
                inputs.falseWins(),
                inputs.findings(),
                inputs.movements(),
                inputs.profiles(),
                Optional.of(calibration));
    }
}
