package dev.touchstone.generator.plan;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.manifest.GenerationSettings;
import dev.touchstone.generator.manifest.ManifestSource;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptPack;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.generator.prompt.PromptUpsampler;
import dev.touchstone.generator.prompt.ResolutionClass;
import dev.touchstone.generator.run.EditReference;
import dev.touchstone.generator.run.GenerationPlan;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resolves and validates everything a manifest names, before the first picture is made. */
public final class RunPlanner {

    /** Requests that fail one after the other before a run gives up: a broken model, not a bad prompt. */
    private static final int CONSECUTIVE_FAILURES = 5;

    private final Path packs;
    private final RunHeader.Touchstone program;
    private final InstantSource clock;

    /**
     * @param packs folder of prompt packs
     * @param program that plans
     * @param clock for the time of creation
     */
    public RunPlanner(Path packs, RunHeader.Touchstone program, InstantSource clock) {
        this.packs = packs;
        this.program = program;
        this.clock = clock;
    }

    /**
     * Plans a run.
     *
     * @param source the manifest's bytes and where its paths begin
     * @param manifest what was read from these bytes
     * @param edits the golden dataset that the manifest names
     * @param runs folder of runs; the run's folder in it is named by the run id
     * @param repeat which run of this manifest, 1 for the first
     * @throws dev.touchstone.generator.document.DocumentException with all problems of a pack
     * @throws PlanException if a prompt asks for an edit that the dataset lacks, or for what the back end does not take
     */
    public PlannedRun plan(ManifestSource source, RunManifest manifest, EditInputs edits, Path runs, int repeat) {
        GenerationSettings generation = manifest.generation();
        List<PromptPack> read = manifest.data().promptPacks().stream()
                .map(release -> PromptPackReader.read(packs, release.id(), release.version()))
                .toList();
        PromptPackReader.requireUniqueIds(read);
        BackendProvider provider =
                BackendProviders.installed().named(manifest.target().backend().provider());
        BackendSettings backend = manifest.backendSettings();
        String digest = generationDigest(manifest, read, edits.dataset(), provider.modelDigest(backend));
        RunId runId = RunId.of(manifest.name(), digest, repeat);
        List<PlannedRequest> requests = requests(manifest, read, edits);
        GenerationPlan plan = new GenerationPlan(
                runs.resolve(runId.value()),
                header(source, manifest, runId, digest, read, edits.dataset()),
                source.bytes(),
                requests,
                RunOrder.balanced(requests, generation.seeds().seed(), repeat),
                shape(manifest, backend));
        return new PlannedRun(manifest, plan, provider, backend);
    }

    private static GenerationPlan.Shape shape(RunManifest manifest, BackendSettings backend) {
        GenerationSettings generation = manifest.generation();
        SortedMap<String, Double> prices = new TreeMap<>();
        manifest.fees().prices().forEach((kind, price) -> prices.put(kind, price.doubleValue()));
        return new GenerationPlan.Shape(
                generation.volume().warmupRequests(),
                generation.volume().batchSize(),
                backend.precision(),
                CONSECUTIVE_FAILURES,
                new GenerationPlan.Sending(
                        generation.delivery().concurrency(),
                        generation.delivery().requestsPerMinute(),
                        generation.delivery().previews()),
                prices);
    }

    private static List<PlannedRequest> requests(RunManifest manifest, List<PromptPack> packs, EditInputs edits) {
        GenerationSettings generation = manifest.generation();
        List<PlannedRequest> requests = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (PromptPack pack : packs) {
            for (Prompt prompt : pack.prompts()) {
                ResolutionClass byClass = ResolutionClass.of(prompt.label(CohortAxis.RESOLUTION_CLASS))
                        .orElseThrow(() -> new IllegalStateException("prompt " + prompt.id()
                                + ": expected a label of a size, found " + prompt.label(CohortAxis.RESOLUTION_CLASS)));
                int width = generation.resolution().widthPixels(byClass);
                int height = generation.resolution().heightPixels(byClass);
                problems.addAll(
                        notTaken(prompt, width, height, manifest.target().backend()));
                Optional<EditReference> edit =
                        prompt.edit().flatMap(spec -> edit(spec, edits, width, height, generation.editStrength()));
                if (prompt.edit().isPresent() && edit.isEmpty()) {
                    problems.add("prompt " + prompt.id() + ": expected edit pair "
                            + prompt.edit().get().pair() + " at " + width + "x" + height + " in golden dataset "
                            + edits.dataset().id() + "/" + edits.dataset().version() + ", found none");
                    continue;
                }
                requests.add(new PlannedRequest(
                        asked(prompt, manifest),
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
            throw new PlanException(String.join("\n", problems));
        }
        return requests;
    }

    private static List<String> notTaken(Prompt prompt, int width, int height, RunManifest.Backend backend) {
        BackendCapabilities capabilities = backend.capabilities();
        List<String> problems = new ArrayList<>();
        if (!capabilities.sizes().accepts(width, height)) {
            problems.add("prompt " + prompt.id() + ": expected a size that back end " + backend.provider() + " makes ("
                    + capabilities.sizes().describe() + "), found " + width + "x" + height);
        }
        prompt.edit()
                .filter(edit -> !capabilities.edits().contains(edit.mode()))
                .ifPresent(edit -> problems.add("prompt "
                        + prompt.id() + ": expected a prompt that back end " + backend.provider()
                        + " serves, found an edit by "
                        + edit.mode().name().toLowerCase(Locale.ROOT)));
        return problems;
    }

    private static Optional<EditReference> edit(
            EditSpec spec, EditInputs edits, int width, int height, double strength) {
        return edits.find(spec.pair(), width, height)
                .map(files ->
                        new EditReference(spec.mode(), files.input(), files.mask(), strength, spec.instruction()));
    }

    /** The prompt with the negative text that is sent: its own, else the manifest's, none where the back end takes none. */
    private static Prompt asked(Prompt prompt, RunManifest manifest) {
        String general = manifest.generation().prompting().negativePrompt();
        boolean taken = manifest.target().backend().capabilities().takes(Setting.NEGATIVE_PROMPT);
        String negative = !taken ? "" : prompt.negative().isEmpty() ? general : prompt.negative();
        return negative.equals(prompt.negative())
                ? prompt
                : new Prompt(
                        prompt.id(),
                        prompt.text(),
                        negative,
                        prompt.labels(),
                        prompt.rotation(),
                        prompt.asks(),
                        prompt.edit());
    }

    private static String generationDigest(
            RunManifest manifest, List<PromptPack> packs, DataReference golden, String modelDigest) {
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
            text.append("edit-inputs-digest=").append(golden.digest()).append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private RunHeader header(
            ManifestSource source,
            RunManifest manifest,
            RunId runId,
            String generationDigest,
            List<PromptPack> read,
            DataReference golden) {
        RunManifest.Serving serving = manifest.target().serving();
        String commit = serving.commit().equals("workspace") ? program.commit() : serving.commit();
        return new RunHeader(
                runId,
                manifest.name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                new RunHeader.Digests(generationDigest, Sha256.of(source.bytes())),
                program,
                new TreeMap<>(),
                Host.here(),
                new RunHeader.Environment(
                        new RunHeader.Hardware(
                                manifest.hardware().hardwareClass(),
                                manifest.hardware().pricePerHour().doubleValue(),
                                manifest.hardware().currency()),
                        new RunHeader.Serving(serving.path(), serving.container(), commit)),
                read.stream()
                        .map(pack -> new DataReference(pack.id(), pack.version(), pack.digest()))
                        .toList(),
                Optional.of(golden),
                source.origin());
    }
}
