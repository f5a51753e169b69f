package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Gating;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.GateSimulation;
import dev.touchstone.eval.gate.GateSimulation.Said;
import dev.touchstone.eval.gate.GateSimulation.Truth;
import dev.touchstone.eval.gate.GateSimulation.World;
import dev.touchstone.eval.gate.SelfTest;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The gate's own error rates. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the gate's own false alarms and detections: of a policy on a run of yours, split at random with and",
            "without planted faults; or, with --simulate, of the shipped rules on releases whose truth is known."
        })
final class SelfTestCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "A finished run folder.")
    Path run;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy to try.")
    Path policy;

    @Option(names = "--trials", paramLabel = "N", description = "Splits per fault (default: ${DEFAULT-VALUE}).")
    int trials = 200;

    @Option(
            names = "--simulate",
            paramLabel = "N",
            description = "Simulate N releases per case instead of splitting a run.")
    Integer simulate;

    @Option(names = "--seed", paramLabel = "N", description = "Of every random choice (default: ${DEFAULT-VALUE}).")
    long seed = 20260101;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** One measured share. */
    private record Line(String what, int n, int count, String limit) {}

    @Override
    public Integer call() {
        boolean toFew = trials < 1 || simulate != null && simulate < 1;
        if (toFew || simulate == null && (run == null || policy == null)) {
            throw new ParameterException(
                    spec.commandLine(), "expected a RUN and --policy FILE, or --simulate N, with N of at least 1");
        }
        print(simulate == null ? onRun() : simulated());
        return ExitCode.DONE.status();
    }

    private List<Line> onRun() {
        RunSamples samples = RunSamples.read(RunFolder.open(run));
        SelfTest test = new SelfTest(samples, policy.toString(), Gating.text(policy), seed);
        List<Line> lines = new ArrayList<>();
        for (SelfTest.Rate rate : test.rates(trials)) {
            lines.add(new Line(rate.fault().words() + ": FAIL", rate.trials(), rate.failed(), ""));
            lines.add(new Line(rate.fault().words() + ": PASS", rate.trials(), rate.passed(), ""));
        }
        return lines;
    }

    private List<Line> simulated() {
        List<Line> lines = new ArrayList<>();
        for (World world : List.of(
                World.asked(1, 0.5),
                World.asked(4, 0.5),
                World.asked(4, 0.9),
                World.asked(8, 0),
                new World(12, 20, 4, 0.5, 0.8))) {
            String where = String.format(
                    Locale.ROOT,
                    "12 cohorts of %d prompts, %d images, correlation %.1f: ",
                    world.prompts(),
                    world.images(),
                    world.correlation());
            GateSimulation simulation = new GateSimulation(world, seed);
            List<Said> same = simulation.run(Truth.SAME, simulate);
            lines.add(line(where + "A/A, any FAIL", same, Said::failed, "at most 0.05"));
            lines.add(line(where + "A/A, anything called better", same, Said::better, "at most 0.05"));
            List<Said> edge = simulation.run(Truth.AT_THE_MARGIN, simulate);
            lines.add(line(where + "one guardrail at its margin, ship", edge, Said::shipped, "at most 0.05"));
            if (world.prompts() > 20) {
                List<Said> fewer = simulation.run(Truth.TEN_POINTS_FEWER, simulate);
                lines.add(line(
                        where + "10 points fewer usable in one cohort, found there",
                        fewer,
                        Said::found,
                        "at least 0.80"));
            }
        }
        return lines;
    }

    private static Line line(String what, List<Said> said, Predicate<Said> counts, String limit) {
        return new Line(what, said.size(), (int) said.stream().filter(counts).count(), limit);
    }

    private void print(List<Line> lines) {
        if (common.json) {
            ObjectNode json = Json.object().put("seed", seed);
            ArrayNode rates = json.putArray("rates");
            for (Line line : lines) {
                Interval interval = WilsonInterval.of(line.count(), line.n(), 0.95);
                rates.addObject()
                        .put("what", line.what())
                        .put("n", line.n())
                        .put("count", line.count())
                        .put("share", line.count() / (double) line.n())
                        .put("lower", interval.lower())
                        .put("upper", interval.upper());
            }
            System.out.println(Json.line(json));
            return;
        }
        System.out.println("| what | share | 95 % interval | n | asked |\n|---|--:|--:|--:|---|");
        for (Line line : lines) {
            Interval interval = WilsonInterval.of(line.count(), line.n(), 0.95);
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %.4f | %.4f to %.4f | %d | %s |",
                    line.what(),
                    line.count() / (double) line.n(),
                    interval.lower(),
                    interval.upper(),
                    line.n(),
                    line.limit()));
        }
    }
}
