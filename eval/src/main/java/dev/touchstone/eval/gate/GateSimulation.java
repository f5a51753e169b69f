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
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.metric.Direction;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * Releases whose truth is known, put through the gate: how often it fails what is as good, calls better what is not, ships what
 * stands at a margin, and finds what is worse. Prompts differ in how easy they are, both runs draw the same prompts, and pictures
 * of a prompt are correlated.
 */
public final class GateSimulation {

    /** The policy that is simulated: a margin on every cohort's usable rate, margins overall, and two success metrics. */
    public static final String POLICY = """
            schema_version: 1
            rules:
              - usable.rate >= baseline - 5 points @ workflow
              - adherence >= baseline - 0.03
              - latency.mean <= baseline + 10 %
              - cost.per-image <= baseline + 10 %
            success:
              - usable.rate > baseline
              - latency.mean < baseline
            """;

    private static final Measure ADHERENCE =
            new Measure("adherence[simulated-1]", "1", Optional.of(Direction.HIGHER_IS_BETTER));
    private static final int GRID = 2000;
    private static final double PRICE_PER_SECOND = 1e-4;

    /**
     * What is simulated.
     *
     * @param cohorts of equal size, at least 1
     * @param prompts of a cohort, at least 2
     * @param images of a prompt, at least 1
     * @param correlation of two usable verdicts of a prompt, in [0, 1)
     * @param rate usable share of the baseline
     */
    public record World(int cohorts, int prompts, int images, double correlation, double rate) {

        /** Twelve cohorts of as many prompts as the policy asks for to find a loss of ten points. */
        public static World asked(int images, double correlation) {
            World world = new World(12, 2, images, correlation, 0.8);
            GatePolicy policy = world.policy();
            long prompts = PolicyPlan.prompts(
                            policy,
                            policy.rules().get(0),
                            0.10,
                            new PolicyPlan.Assumed(0.8, images, correlation),
                            PolicyPlan.guardrails(policy, world.vocabulary()))
                    .orElseThrow();
            return new World(12, (int) prompts, images, correlation, 0.8);
        }

        PolicyVocabulary vocabulary() {
            return GateStage.vocabulary(new GateSimulation(this, 0).nothing());
        }

        GatePolicy policy() {
            return PolicyReader.parse(
                    "simulation.yaml", POLICY.getBytes(java.nio.charset.StandardCharsets.UTF_8), vocabulary());
        }
    }

    /** What is true of the candidate. */
    public enum Truth {
        /** It is the baseline. */
        SAME,
        /** Faster by a fifth; the first cohort's usable rate is exactly at the margin. */
        AT_THE_MARGIN,
        /** The first cohort's usable rate is ten points lower. */
        TEN_POINTS_FEWER
    }

    /**
     * What the gate said of one release.
     *
     * @param failed whether any guardrail was said to be broken
     * @param better whether anything was called better
     * @param shipped whether it was let out
     * @param found whether the first cohort failed
     */
    public record Said(boolean failed, boolean better, boolean shipped, boolean found) {}

    private final World world;
    private final long seed;
    private final PromptSet prompts;
    private final double[] usual;
    private final double[] fifth;
    private final double[] tenth;

    /** @param seed of every release, together with its number */
    public GateSimulation(World world, long seed) {
        this.world = world;
        this.seed = seed;
        TreeMap<String, Map<CohortAxis, String>> labels = new TreeMap<>();
        for (int c = 0; c < world.cohorts(); c++) {
            for (int p = 0; p < world.prompts(); p++) {
                labels.put(
                        String.format(Locale.ROOT, "c%02d-%05d", c, p),
                        Map.of(CohortAxis.WORKFLOW, String.format(Locale.ROOT, "cohort-%02d", c)));
            }
        }
        this.prompts = PromptSet.of(labels);
        this.usual = grid(world.rate());
        this.fifth = grid(world.rate() - 0.05);
        this.tenth = grid(world.rate() - 0.10);
    }

    /** Rates of prompts from the hardest to the easiest: quantiles of a beta distribution. */
    private double[] grid(double mean) {
        double[] rates = new double[GRID];
        if (world.correlation() == 0) {
            Arrays.fill(rates, mean);
            return rates;
        }
        double size = 1 / world.correlation() - 1;
        BetaDistribution beta = new BetaDistribution(null, mean * size, (1 - mean) * size);
        Arrays.setAll(rates, i -> beta.inverseCumulativeProbability((i + 0.5) / GRID));
        return rates;
    }

    /** Simulates releases; the answer does not depend on the number of threads. */
    public List<Said> run(Truth truth, int releases) {
        PolicyVocabulary vocabulary = GateStage.vocabulary(nothing());
        GatePolicy policy = world.policy();
        return IntStream.range(0, releases)
                .parallel()
                .mapToObj(release -> said(decide(policy, vocabulary, truth, release), policy))
                .toList();
    }

    private Decision decide(GatePolicy policy, PolicyVocabulary vocabulary, Truth truth, int release) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + release * 31L + truth.ordinal());
        double[] ease = random.doubles(prompts.size()).toArray();
        RunSamples base = draw("baseline", ease, Truth.SAME, random.split());
        RunSamples candidate = draw("candidate", ease, truth, random.split());
        PairedRuns runs = new PairedRuns(base, candidate, Optional.empty());
        return Decider.decide(new GateInputs(
                new Runs("candidate", "baseline", "", ""),
                new PolicySource("simulation.yaml", POLICY, vocabulary),
                LocalDate.EPOCH,
                1,
                new Setting(true, "simulated", "simulated", List.of(), 0, 0),
                List.of(),
                new Evidence(policy, runs).findings(),
                List.of(),
                List.of(),
                Optional.empty()));
    }

    private static Said said(Decision decision, GatePolicy policy) {
        CohortKey first = CohortKey.of(CohortAxis.WORKFLOW, "cohort-00");
        boolean failed = decision.rules().stream()
                .anyMatch(one -> one.role() == Rule.Role.GUARDRAIL && one.verdict() == Verdict.FAIL);
        boolean better = !new Trade(decision.rules(), policy).better().isEmpty()
                || decision.rules().stream()
                        .anyMatch(one -> one.role() == Rule.Role.SUCCESS && one.verdict() == Verdict.PASS);
        boolean found = decision.cohorts().stream()
                .anyMatch(one -> one.cohort().equals(first) && one.conclusion().verdict() == Verdict.FAIL);
        return new Said(failed, better, decision.overall().action() == Decision.Action.SHIP, found);
    }

    private RunSamples draw(String name, double[] ease, Truth truth, SplittableRandom random) {
        int n = prompts.size();
        PromptValues.Builder usable = new PromptValues.Builder();
        PromptValues.Builder adherence = new PromptValues.Builder();
        PromptValues.Builder latency = new PromptValues.Builder();
        PromptValues.Builder cost = new PromptValues.Builder();
        double speed = truth == Truth.AT_THE_MARGIN ? 0.8 : 1;
        for (int p = 0; p < n; p++) {
            double[] rates =
                    p >= world.prompts() || truth == Truth.SAME ? usual : truth == Truth.AT_THE_MARGIN ? fifth : tenth;
            double rate = rates[(int) (ease[p] * GRID)];
            for (int image = 0; image < world.images(); image++) {
                usable.add(p, image, random.nextDouble() < rate ? 1 : 0);
                adherence.add(p, image, 0.5 + 0.3 * ease[p] + 0.1 * random.nextGaussian());
            }
            // Harder prompts take longer; a request's own noise is a twentieth.
            double seconds = speed * (3 - ease[p]) * Math.exp(0.05 * random.nextGaussian());
            latency.add(p, 0, seconds);
            cost.add(p, 0, seconds * PRICE_PER_SECOND);
        }
        int[] complete = new int[n];
        Arrays.fill(complete, world.images());
        TreeMap<String, Samples> measures = new TreeMap<>();
        put(measures, Measure.USABLE, usable, n);
        put(measures, ADHERENCE, adherence, n);
        put(measures, Measure.END_TO_END, latency, n);
        put(measures, Measure.cost("USD"), cost, n);
        return samples(name, complete, measures);
    }

    /** A run without any measure, for its cohorts. */
    private RunSamples nothing() {
        return samples("nothing", new int[prompts.size()], new TreeMap<>());
    }

    private RunSamples samples(String name, int[] complete, TreeMap<String, Samples> measures) {
        int[] none = new int[prompts.size()];
        return new RunSamples(
                name,
                prompts,
                List.of(List.of(CohortAxis.WORKFLOW)),
                new ImageCounts(complete, none, none, none, none),
                measures);
    }

    private static void put(TreeMap<String, Samples> measures, Measure measure, PromptValues.Builder values, int n) {
        measures.put(measure.id(), new Samples(measure, values.build(n)));
    }
}
