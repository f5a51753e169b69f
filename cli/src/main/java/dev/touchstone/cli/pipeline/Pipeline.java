package dev.touchstone.cli.pipeline;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.cohort.SummarizeStage;
import dev.touchstone.eval.cohort.SummarySettings;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.judge.AdherenceJudge;
import dev.touchstone.eval.label.LabelStage;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.score.ScoreStage;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.BestOfBackend;
import dev.touchstone.generator.backend.CandidateJudge;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.UpsamplingBackend;
import dev.touchstone.generator.manifest.GenerationSettings;
import dev.touchstone.generator.manifest.GenerationSettings.Upsampling;
import dev.touchstone.generator.manifest.ManifestSource;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.plan.PlannedRun;
import dev.touchstone.generator.plan.RunPlanner;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.GenerateStage;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.reports.format.ReportStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stages, one by one, on a run folder. Each may be run alone, again, or later; what is up to date is left as it is. */
public final class Pipeline {

    private final Project project;
    private final Progress progress;
    private final StopSignal stop;
    private final GoldenSets golden;

    public Pipeline(Project project, Progress progress, StopSignal stop) {
        this.project = project;
        this.progress = progress;
        this.stop = stop;
        this.golden = new GoldenSets(project, progress);
    }

    /**
     * Makes the pictures of a manifest, or those that are still missing.
     *
     * @param source its bytes
     * @param manifest what was read from them
     * @param repeat which run of the manifest, 1 for the first
     */
    public RunFolder generate(ManifestSource source, RunManifest manifest, Path runs, int repeat) {
        GoldenDataset dataset = golden.open(manifest.data().golden());
        PlannedRun planned = new RunPlanner(project.packs(), project.touchstone(), InstantSource.system())
                .plan(source, manifest, golden.edits(dataset), runs, repeat);
        Map<PromptId, Integer> images = planned.plan().requests().stream()
                .collect(Collectors.toMap(PlannedRequest::id, PlannedRequest::images));
        LabelStage.check(
                planned.manifest().data().labels(),
                image -> image.imageIndex() < images.getOrDefault(image.prompt(), 0));
        generate(planned);
        return RunFolder.open(planned.plan().folder());
    }

    private GeneratedRecord generate(PlannedRun planned) {
        return new GenerateStage(progress, stop)
                .run(
                        planned.plan(),
                        begunWith -> {
                            // A run that was begun goes on with the runtime it was begun with, whatever is fastest
                            // today.
                            BackendSettings settings = planned.backend();
                            String runtime = begunWith.getOrDefault("runtime", settings.runtime());
                            return composed(planned, settings.withRuntime(runtime));
                        },
                        golden.files());
    }

    /** The model, with what the manifest puts before and behind it. */
    private static ImageBackend composed(PlannedRun planned, BackendSettings settings) {
        GenerationSettings generation = planned.manifest().generation();
        Map<PromptId, Prompt> prompts = planned.plan().requests().stream()
                .collect(Collectors.toMap(PlannedRequest::id, PlannedRequest::prompt));
        int candidates = generation.volume().bestOf();
        Optional<CandidateJudge> judge = candidates > 1 ? Optional.of(judge(prompts)) : Optional.empty();
        ImageBackend model = planned.provider().open(settings);
        ImageBackend read =
                generation.prompting().upsampling() == Upsampling.ON ? new UpsamplingBackend(model, prompts) : model;
        return judge.<ImageBackend>map(chooses -> new BestOfBackend(read, chooses, candidates))
                .orElse(read);
    }

    private static CandidateJudge judge(Map<PromptId, Prompt> prompts) {
        return new AdherenceJudge(
                TouchstoneFeatures.builtin(),
                prompts.values().stream().collect(Collectors.toMap(Prompt::id, Prompt::asks)));
    }

    /** Reads a manifest's bytes with the names that this project knows. */
    public RunManifest manifest(ManifestSource source) {
        return project.manifest(source);
    }

    /** The manifest that a run was made from. */
    public RunManifest manifest(RunFolder folder) {
        if (!Files.exists(folder.manifestFile())) {
            throw new CommandException(
                    ExitCode.INVALID_INPUT,
                    folder.path() + ": expected a run folder with manifest.yaml, found none; start one with"
                            + " 'touchstone run MANIFEST'");
        }
        return project.manifest(project.source(folder));
    }

    /**
     * Scores the pictures against the prompts and the golden dataset.
     *
     * @return why numbers are missing, if an engine that they need failed its self-check
     */
    public Optional<String> score(RunFolder folder, RunManifest manifest) {
        GoldenDataset references = golden.open(manifest.data().golden());
        try (TouchstoneFeatures network = TouchstoneFeatures.builtin()) {
            return new ScoreStage(network, references, project.goldenFeatures(), progress, stop)
                    .run(folder, manifest.evaluation().metrics(), slices(manifest));
        }
    }

    /** Merges label files with what people said before. */
    public Labels label(RunFolder folder, List<Path> files) {
        Labels labels = new LabelStage(folder).run(files);
        progress.report(
                "label",
                labels.votes().size(),
                labels.votes().size(),
                labels.verdicts().size() + " verdicts");
        return labels;
    }

    /** Sums everything up per cohort. */
    public Evaluation summarize(RunFolder folder, RunManifest manifest) {
        progress.report("summarize", 0, 1, "");
        Evaluation evaluation = new SummarizeStage(folder).run(SummarySettings.of(manifest));
        progress.report("summarize", 1, 1, evaluation.cohorts().size() + " cohorts");
        return evaluation;
    }

    /** Writes the report and returns where it is. */
    public Path report(RunFolder folder) {
        return new ReportStage(folder, progress).run();
    }

    private static List<List<CohortAxis>> slices(RunManifest manifest) {
        List<List<CohortAxis>> slices = new ArrayList<>();
        manifest.evaluation().cohorts().axes().forEach(axis -> slices.add(List.of(axis)));
        slices.addAll(manifest.evaluation().cohorts().crosses());
        return slices;
    }
}
