package dev.touchstone.cli.pipeline;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.eval.golden.GoldenLibrary;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageRequest.EditInput;
import dev.touchstone.generator.manifest.GenerationSettings;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.generator.manifest.Resolution;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptPack;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.generator.prompt.PromptUpsampler;
import dev.touchstone.generator.prompt.ResolutionClass;
import dev.touchstone.generator.run.GenerationPlan;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Resolves and validates everything a manifest names, before the first picture is made. */
public final class RunPlanner {

    /** Requests that fail one after the other before a run gives up: a broken model, not a bad prompt. */
    private static final int CONSECUTIVE_FAILURES = 5;

    private final Project project;
    private final Progress progress;

    public RunPlanner(Project project, Progress progress) {
        this.project = project;
        this.progress = progress;
    }

    /**
     * A manifest with everything it names.
     *
     * @param manifest as read
     * @param golden the golden dataset, built if it was not there
     * @param plan for the generate stage
     * @param provider opens the model
     * @param backend how
     */
    public record Planned(
            RunManifest manifest,
            GoldenDataset golden,
            GenerationPlan plan,
            BackendProvider provider,
            BackendSettings backend) {}

    /**
     * Plans a run.
     *
     * @param runs folder of runs; the run's folder in it is named by the run id
     * @throws dev.touchstone.generator.document.DocumentException with all problems of the manifest, a pack or the dataset
     */
    public Planned plan(Path manifestFile, Path runs) {
        RunManifest manifest = project.manifest(manifestFile);
        GenerationSettings generation = manifest.generation();
        List<PromptPack> packs = manifest.data().promptPacks().stream()
                .map(release -> PromptPackReader.read(project.packs(), release.id(), release.version()))
                .toList();
        PromptPackReader.requireUniqueIds(packs);
        GoldenDataset golden = golden(manifest.data().golden());
        BackendProvider provider =
                BackendProviders.installed().named(manifest.target().backend().provider());
        BackendSettings backend = manifest.backendSettings();
        byte[] bytes = bytes(manifestFile);
        String digest = generationDigest(manifest, packs, golden, provider.modelDigest(backend));
        RunId runId = RunId.of(manifest.name(), digest);
        List<PlannedRequest> requests = requests(generation, packs, golden);
        GenerationPlan plan = new GenerationPlan(
                runs.resolve(runId.value()),
                header(manifest, runId, digest, bytes, packs, golden),
                bytes,
                requests,
                new GenerationPlan.Shape(
                        generation.volume().warmupRequests(),
                        generation.volume().batchSize(),
                        backend.precision(),
                        CONSECUTIVE_FAILURES));
        return new Planned(manifest, golden, plan, provider, backend);
    }

    /** The golden dataset of a manifest; the built-in one is built on first use. */
    public GoldenDataset golden(Release release) {
        try {
            return new GoldenLibrary(project.goldenDatasets())
                    .open(
                            release.id(),
                            release.version(),
                            (done, total) -> progress.report("golden", done, total, "building " + release));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<PlannedRequest> requests(GenerationSettings generation, List<PromptPack> packs, GoldenDataset golden) {
        List<PlannedRequest> requests = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (PromptPack pack : packs) {
            for (Prompt prompt : pack.prompts()) {
                ResolutionClass byClass = ResolutionClass.byId().get(prompt.label(CohortAxis.RESOLUTION_CLASS));
                int width = generation.resolution() instanceof Resolution.Fixed fixed
                        ? fixed.width()
                        : byClass.widthPixels();
                int height = generation.resolution() instanceof Resolution.Fixed fixed
                        ? fixed.height()
                        : byClass.heightPixels();
                Optional<Supplier<EditInput>> edit =
                        prompt.edit().flatMap(spec -> edit(spec, golden, width, height, generation.editStrength()));
                if (prompt.edit().isPresent() && edit.isEmpty()) {
                    problems.add("prompt " + prompt.id() + ": expected edit pair "
                            + prompt.edit().get().pair() + " at " + width + "x" + height + " in golden dataset "
                            + golden.header().release() + ", found none");
                    continue;
                }
                requests.add(new PlannedRequest(
                        withNegative(prompt, generation.prompting().negativePrompt()),
                        pack.id() + "/" + pack.version(),
                        width,
                        height,
                        generation.volume().imagesPerPrompt(),
                        generation.seeds().seed(),
                        generation.sampling(),
                        edit));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(ExitCode.INVALID_INPUT, String.join("\n", problems));
        }
        return requests;
    }

    private static Optional<Supplier<EditInput>> edit(
            EditSpec spec, GoldenDataset golden, int width, int height, double strength) {
        Optional<EditFiles> files = golden.editFiles(spec.pair(), width, height);
        return files.map(pictures -> () -> {
            golden.requireUnchanged(pictures.input());
            golden.requireUnchanged(pictures.mask());
            return new EditInput(spec.mode(), PngFile.read(pictures.input()), PngFile.read(pictures.mask()), strength);
        });
    }

    private static Prompt withNegative(Prompt prompt, String negative) {
        if (!prompt.negative().isEmpty() || negative.isEmpty()) {
            return prompt;
        }
        return new Prompt(
                prompt.id(), prompt.text(), negative, prompt.labels(), prompt.rotation(), prompt.asks(), prompt.edit());
    }

    private static String generationDigest(
            RunManifest manifest, List<PromptPack> packs, GoldenDataset golden, String modelDigest) {
        StringBuilder text = new StringBuilder(manifest.generationText());
        text.append("model-digest=").append(modelDigest).append('\n');
        if (manifest.generation().volume().bestOf() > 1) {
            String card = TouchstoneFeatures.builtinCard();
            text.append("judge-digest=")
                    .append(Json.parse("model card", card).text("weightsDigest"))
                    .append('\n');
        }
        if (manifest.generation().prompting().upsampling() == GenerationSettings.Upsampling.ON) {
            text.append("prompt-upsampling=").append(PromptUpsampler.NAME).append('\n');
        }
        packs.forEach(pack -> text.append("pack-digest=").append(pack.digest()).append('\n'));
        boolean edits = packs.stream()
                .flatMap(pack -> pack.prompts().stream())
                .anyMatch(prompt -> prompt.edit().isPresent());
        if (edits) {
            text.append("edit-inputs-digest=").append(golden.header().digest()).append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private RunHeader header(
            RunManifest manifest,
            RunId runId,
            String generationDigest,
            byte[] bytes,
            List<PromptPack> packs,
            GoldenDataset golden) {
        RunHeader.Touchstone touchstone = project.touchstone();
        RunManifest.Serving serving = manifest.target().serving();
        String commit = serving.commit().equals("workspace") ? touchstone.commit() : serving.commit();
        return new RunHeader(
                runId,
                manifest.name(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new RunHeader.Digests(generationDigest, Sha256.of(bytes)),
                touchstone,
                new TreeMap<>(),
                Host.here(),
                new RunHeader.Environment(
                        new RunHeader.Hardware(
                                manifest.hardware().hardwareClass(),
                                manifest.hardware().pricePerHour().doubleValue(),
                                manifest.hardware().currency()),
                        new RunHeader.Serving(serving.path(), serving.container(), commit)),
                packs.stream()
                        .map(pack -> new DataReference(pack.id(), pack.version(), pack.digest()))
                        .toList(),
                Optional.of(new DataReference(
                        golden.header().id(),
                        golden.header().version(),
                        golden.header().digest())));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
