package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.pipeline.Comparisons;
import dev.touchstone.cli.pipeline.Gating;
import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.label.LabelFile;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.generator.manifest.ManifestSource;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.manifest.RunManifest.GatePolicy;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All stages in a row. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Generate, score, label, summarize and report, from one manifest.",
            "The same command again continues where it stopped."
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST", description = "The run's manifest, such as eval/manifests/quickstart.yaml.")
    Path manifest;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders (default: runs).")
    Path runs;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which run of this manifest, from 1: the same requests once more, in a folder of their own.")
    int repeat;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Usage.require(
                spec, repeat >= 1 && repeat <= 999_999, "--repeat: expected a number in [1, 999999], found " + repeat);
        Project project = Project.here();
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress()) {
            Pipeline pipeline = new Pipeline(project, progress, interruption.signal());
            // Labels are looked at first: a wrong file is told before the pictures are made, not after.
            ManifestSource source = project.source(manifest);
            RunManifest settings = pipeline.manifest(source);
            settings.data().labels().forEach(LabelFile::read);
            Gating gating = new Gating(project, Clock.systemUTC());
            Optional<GatePolicy.File> gate =
                    settings.evaluation().gate() instanceof GatePolicy.File file ? Optional.of(file) : Optional.empty();
            Optional<RunFolder> baseline = gate.map(file -> before(gating, file, project));
            RunFolder folder = pipeline.generate(source, settings, runs == null ? project.runs() : runs, repeat);
            Optional<String> refusal = pipeline.score(folder, settings);
            Labels labels = pipeline.label(folder, settings.data().labels());
            Evaluation evaluation = pipeline.summarize(folder, settings);
            Optional<Decision> decision = gate.map(file ->
                    gating.decide(folder, baseline.orElseThrow(), file.path(), List.of(), Gating.Pictures.OPENED));
            Path report = pipeline.report(folder);
            progress.finish();
            common.tell(Outcome.of(folder, labels, evaluation, report));
            decision.ifPresent(made -> common.tell("\n" + new DecisionText(made)));
            if (common.json) {
                System.out.println(Json.line(
                        Json.object().put("run", folder.path().toString()).put("report", report.toString())));
            } else {
                System.out.println("run: " + folder.path());
            }
            refusal.ifPresent(reason -> {
                throw new EngineException("numbers are missing in the report: " + reason);
            });
            return decision.map(Gating::exit).orElse(ExitCode.DONE).status();
        }
    }

    /** The policy is read and the baseline found before the first picture is made. */
    private static RunFolder before(Gating gating, GatePolicy.File file, Project project) {
        gating.policy(file.path());
        if (file.baseline().isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_COMPARABLE,
                    "gate: expected a baseline, found none; name one in the manifest as gate: {policy: ..., baseline: prod}");
        }
        return new Comparisons(project).run(Path.of(file.baseline()));
    }
}
