package dev.touchstone.reports.section;

import dev.touchstone.eval.cohort.CohortContrasts;
import dev.touchstone.eval.cohort.RunSamples;
import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.result.EvaluationStore;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.metrics.file.DataFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything the sections read, once.
 *
 * @param folder of the run
 * @param header identity and conditions
 * @param manifest as it was given, shortened if it is very long
 * @param evaluation the numbers
 * @param prompts what was asked, by id, in run order
 * @param images what became of every image, by id
 * @param scores of single images
 * @param samples the single values behind the numbers
 * @param contrasts every cohort against the rest of the run
 * @param labels what people said; empty if nobody did
 */
public record RunEvidence(
        RunFolder folder,
        RunHeader header,
        String manifest,
        Evaluation evaluation,
        Map<PromptId, PromptRecord> prompts,
        List<ImageRecord> images,
        ImageScores scores,
        RunSamples samples,
        CohortContrasts contrasts,
        Optional<Labels> labels) {

    private static final int MOST_MANIFEST_BYTES = 1 << 16;

    /**
     * Reads a run that is summed up.
     *
     * @throws DataFileException if a file cannot be read, or there is no evaluation, or it was made of other images
     */
    public static RunEvidence read(RunFolder folder) {
        EvaluationStore store = new EvaluationStore(folder);
        Evaluation evaluation = store.read()
                .orElseThrow(() -> new DataFileException(store.file()
                        + ": expected the run's evaluation, found nothing. `touchstone summarize` makes it."));
        String digest = folder.imagesDigest();
        if (!evaluation.sources().images().equals(digest)) {
            throw new DataFileException(store.file() + ": expected imagesDigest " + digest + ", found "
                    + evaluation.sources().images() + ". The images changed since; run the summarize stage again.");
        }
        Map<PromptId, PromptRecord> prompts = new LinkedHashMap<>();
        try (Stream<PromptRecord> lines = folder.prompts()) {
            lines.forEach(record -> prompts.put(record.prompt().id(), record));
        }
        List<ImageRecord> images;
        try (Stream<ImageRecord> lines = folder.images()) {
            images = lines.sorted(Comparator.comparing(ImageRecord::id)).toList();
        }
        RunSamples samples = RunSamples.read(folder);
        return new RunEvidence(
                folder,
                folder.header(),
                manifest(folder.manifestFile()),
                evaluation,
                prompts,
                images,
                ImageScores.read(folder),
                samples,
                samples.contrasts(evaluation),
                new LabelStore(folder).read());
    }

    private static String manifest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MOST_MANIFEST_BYTES);
            String text = new String(start, StandardCharsets.UTF_8);
            return start.length < MOST_MANIFEST_BYTES ? text : text + "\n... shortened; the whole is in manifest.yaml";
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a readable file, found " + e, e);
        }
    }

    /** All images of the run. */
    CohortSummary overall() {
        return evaluation
                .cohort(CohortKey.OVERALL)
                .orElseThrow(() -> new DataFileException(new EvaluationStore(folder).file()
                        + ": expected a cohort of all images, found none. Run the summarize stage again."));
    }

    /** The cohorts of an axis, or of a cross of axes, by label; none if the run is not sliced by it. */
    List<CohortSummary> along(String axis) {
        return evaluation.cohorts().stream()
                .filter(cohort -> cohort.key().axis().equals(axis))
                .toList();
    }

    /** All images, then the cohorts of the axis that charts show: workflows, or the first axis of the run. */
    List<CohortSummary> charted() {
        return Stream.concat(Stream.of(overall()), along(chartedAxis()).stream())
                .toList();
    }

    /** The axis that charts show. */
    String chartedAxis() {
        String workflow = CohortAxis.WORKFLOW.id();
        List<String> axes = evaluation.conditions().axes();
        return axes.contains(workflow) || axes.isEmpty() ? workflow : axes.get(0);
    }

    /** Whether an image belongs to a cohort. */
    boolean belongs(ImageRecord image, CohortKey key) {
        PromptRecord prompt = prompts.get(image.id().prompt());
        return prompt != null
                && key.labels().entrySet().stream()
                        .allMatch(
                                entry -> entry.getValue().equals(prompt.prompt().label(entry.getKey())));
    }
}
