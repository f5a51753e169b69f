package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Comparisons;
import dev.touchstone.cli.pipeline.Gating;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.eval.gate.Decider;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.DecisionStore;
import dev.touchstone.eval.gate.PolicyExplanation;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.reports.ci.DecisionMarkdown;
import dev.touchstone.reports.ci.GithubAnnotations;
import dev.touchstone.reports.ci.JunitXml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** May this run go out? */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Decide by a policy whether a run may go out: ship, hold, rollback or optimize, per cohort and overall.",
            "Writes decision.json into the run. Ends with 0, 10 (failed), 11 (inconclusive),",
            "12 (not comparable, or no baseline) or 13 (suspect)."
        })
final class GateCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "The candidate's run folder.")
    Path run;

    @Option(
            names = "--baseline",
            paramLabel = "RUN",
            description = "The run, or the name of the baseline, that went before.")
    Path baseline;

    @Option(names = "--policy", paramLabel = "FILE", description = "The rules, such as eval/policies/release.yaml.")
    Path policy;

    @Option(
            names = "--allow",
            paramLabel = "NAMES",
            split = ",",
            description = "Conditions that may differ beside one another, such as steps,sampler.")
    List<String> allowed = new ArrayList<>();

    @Option(
            names = "--explain",
            description = "Say in words what each rule of the policy decides on, and decide nothing.")
    boolean explain;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Decide again on what a decision.json recorded, and print it: the same bytes.")
    Path replay;

    @Option(
            names = "--no-pictures",
            description = "Open no picture and no feature: rules on the same seed and on kid are not measured.")
    boolean noPictures;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also write the verdicts as JUnit XML.")
    Path junit;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Also write the decision as Markdown for a pull request.")
    Path markdown;

    @Option(names = "--annotations", description = "Also print GitHub annotations to standard error.")
    boolean annotations;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Gating gating = new Gating(Project.here(), Clock.systemUTC());
        if (replay != null) {
            return replay();
        }
        if (policy == null) {
            throw new ParameterException(spec.commandLine(), "expected --policy FILE, found none");
        }
        if (explain) {
            PolicyExplanation.of(gating.policy(policy), gating.vocabulary()).forEach(System.out::println);
            return ExitCode.DONE.status();
        }
        if (run == null) {
            throw new ParameterException(spec.commandLine(), "expected a RUN, found none");
        }
        if (baseline == null) {
            throw new CommandException(
                    ExitCode.NOT_COMPARABLE,
                    "gate: expected --baseline, found none; a release is decided against what went before");
        }
        gating.policy(policy);
        try {
            return decide(gating);
        } catch (RuntimeException e) {
            broken(e);
            throw e;
        }
    }

    private int decide(Gating gating) throws IOException {
        RunFolder candidate = RunFolder.open(run);
        Decision decision = gating.decide(
                candidate,
                new Comparisons(Project.here()).run(baseline),
                policy,
                allowed,
                noPictures ? Gating.Pictures.LEFT : Gating.Pictures.OPENED);
        write(junit, JunitXml.of(decision));
        write(markdown, DecisionMarkdown.of(decision, DecisionMarkdown.COMMENT_BYTES));
        if (annotations) {
            GithubAnnotations.of(decision, policy.toString()).forEach(System.err::println);
        }
        if (common.json) {
            System.out.print(DecisionStore.text(decision));
            System.out.flush();
        } else {
            System.out.println(new DecisionText(decision));
            System.out.println("decision: " + candidate.path().resolve(DecisionStore.FILE));
        }
        return Gating.exit(decision).status();
    }

    /** A pipeline that broke is an error in its outputs, never a gate that is silent. */
    private void broken(RuntimeException cause) throws IOException {
        write(junit, JunitXml.broken(String.valueOf(cause.getMessage())));
        write(markdown, DecisionMarkdown.broken(String.valueOf(cause.getMessage())));
    }

    private static void write(Path file, String text) throws IOException {
        if (file != null) {
            AtomicFile.write(file, text);
        }
    }

    private int replay() throws IOException {
        Decision again = Decider.decide(DecisionStore.inputs(replay));
        String text = DecisionStore.text(again);
        System.out.print(text);
        System.out.flush();
        if (!text.equals(Files.readString(replay, StandardCharsets.UTF_8))) {
            throw new CommandException(
                    ExitCode.INVALID_INPUT,
                    replay
                            + ": expected what this version decides on the recorded inputs, found other bytes; the file was"
                            + " changed, or another version wrote it");
        }
        return Gating.exit(again).status();
    }
}
