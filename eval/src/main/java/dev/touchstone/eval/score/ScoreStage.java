package dev.touchstone.eval.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.score.ScoreWriter.Scope;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.metric.FloorDesign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Scores the pictures of a finished run. Runs again only if pictures, network, golden dataset, metrics or cohorts
 * changed; features of pictures that were seen before come from the caches.
 */
public final class ScoreStage {

    private static final String STAGE = "score";

    /** Pictures that go through the network together, with their references. */
    private static final int TOGETHER = 32;

    /** Pictures whose features are computed between two signs of life. */
    private static final int CHUNK = 256;

    private static final long FLOOR_SEED = 1;

    /** Raised when unchanged pictures get other numbers. */
    private static final int METHOD_VERSION = 2;

    private final TouchstoneFeatures network;
    private final GoldenDataset golden;
    private final Path goldenCache;
    private final Progress progress;
    private final StopSignal stop;

    /**
     * @param network reads features, activations and attributes
     * @param golden what the run is measured against
     * @param goldenCache folder for features of the golden pictures, which all runs share; may be deleted
     */
    public ScoreStage(
            TouchstoneFeatures network, GoldenDataset golden, Path goldenCache, Progress progress, StopSignal stop) {
        this.network = network;
        this.golden = golden;
        this.goldenCache = goldenCache;
        this.progress = progress;
        this.stop = stop;
    }

    /** Where the scores of a run are. */
    public static Path file(RunFolder folder) {
        return folder.path().resolve("scores.jsonl");
    }

    /**
     * Writes {@code scores.jsonl}.
     *
     * @param metrics names as in the manifest; those that are not computed from pictures are passed over
     * @param slices cohort axes, each alone or crossed
     * @throws dev.touchstone.metrics.file.DataFileException if the run is not finished or the file cannot be written
     */
    public void run(RunFolder folder, List<String> metrics, List<List<CohortAxis>> slices) {
        GeneratedRecord generated = folder.verified();
        List<ScoredMetric> wanted = ScoredMetric.of(metrics);
        ObjectNode first = firstLine(generated, wanted, slices);
        if (ScoreWriter.isCurrent(file(folder), first)) {
            progress.report(
                    STAGE, generated.counts().complete(), generated.counts().complete(), "nothing changed");
            return;
        }
        SortedMap<PromptId, PromptRecord> prompts = new TreeMap<>();
        try (Stream<PromptRecord> records = folder.prompts()) {
            records.forEach(record -> prompts.put(record.prompt().id(), record));
        }
        List<ScoredImage> images = images(folder, prompts);
        ScoreWriter writer = new ScoreWriter();
        GoldenReferences references = new GoldenReferences(golden);
        boolean sets = wanted.contains(ScoredMetric.FID) || wanted.contains(ScoredMetric.KID);
        long total = images.size() + (sets ? images.size() + references.all().size() : 0L);
        long done = pictures(wanted, prompts, images, references, writer, total);
        if (sets) {
            sets(folder, wanted, slices, images, references, writer, done, total);
        }
        writer.write(file(folder), first);
    }

    private static List<ScoredImage> images(RunFolder folder, Map<PromptId, PromptRecord> prompts) {
        try (Stream<ImageRecord> records = folder.images()) {
            return records.filter(ImageRecord.Complete.class::isInstance)
                    .map(ImageRecord.Complete.class::cast)
                    .map(image ->
                            ScoredImage.of(folder, image, prompts.get(image.id().prompt())))
                    .sorted(java.util.Comparator.comparing(ScoredImage::id))
                    .toList();
        }
    }

    private long pictures(
            List<ScoredMetric> metrics,
            SortedMap<PromptId, PromptRecord> prompts,
            List<ScoredImage> images,
            GoldenReferences references,
            ScoreWriter writer,
            long total) {
        PictureScores scores = new PictureScores(network, golden, references, writer);
        Map<PromptId, List<ScoredImage>> byPrompt = new LinkedHashMap<>();
        images.forEach(image -> byPrompt.computeIfAbsent(image.id().prompt(), id -> new ArrayList<>())
                .add(image));
        long done = 0;
        List<PictureScores.Group> groups = new ArrayList<>();
        int waiting = 0;
        int left = byPrompt.size();
        for (Map.Entry<PromptId, List<ScoredImage>> entry : byPrompt.entrySet()) {
            groups.add(new PictureScores.Group(prompts.get(entry.getKey()).prompt(), entry.getValue()));
            waiting += entry.getValue().size();
            left--;
            if (waiting >= TOGETHER || left == 0) {
                stop.check();
                scores.score(metrics, groups);
                done += waiting;
                waiting = 0;
                groups.clear();
                progress.report(STAGE, done, total, "pictures");
            }
        }
        return done;
    }

    private void sets(
            RunFolder folder,
            List<ScoredMetric> metrics,
            List<List<CohortAxis>> slices,
            List<ScoredImage> images,
            GoldenReferences references,
            ScoreWriter writer,
            long doneBefore,
            long total) {
        FeatureMatrix generated = features(
                new FeatureCache(folder.path().resolve("features")),
                images.stream().map(ScoredImage::digested).toList(),
                doneBefore,
                total);
        FeatureMatrix reference = features(
                new FeatureCache(goldenCache),
                references.all().stream().map(references::digested).toList(),
                doneBefore + images.size(),
                total);
        SetScores scores = new SetScores(network.name(), writer);
        cohorts(images, slices).forEach((cohort, rows) -> {
            stop.check();
            List<Prompt> prompts = rows.stream()
                    .map(row -> images.get(row).asked().prompt())
                    .distinct()
                    .toList();
            int[] clusters = rows.stream()
                    .mapToInt(row -> prompts.indexOf(images.get(row).asked().prompt()))
                    .toArray();
            FeatureMatrix ours =
                    rows(generated, rows.stream().mapToInt(Integer::intValue).toArray());
            int[] golden = references.of(prompts);
            scores.score(
                    metrics,
                    cohort,
                    ours,
                    clusters,
                    rows(reference, golden),
                    () -> floor(prompts, clusters, golden, references));
        });
    }

    /** Golden pictures drawn as the pictures of a cohort were made. */
    private static FloorDesign floor(List<Prompt> prompts, int[] clusters, int[] golden, GoldenReferences references) {
        Integer[] images = new Integer[prompts.size()];
        java.util.Arrays.fill(images, 0);
        for (int prompt : clusters) {
            images[prompt]++;
        }
        return new FloorDesign(List.of(images), references.likeness(prompts, golden), FloorDesign.DRAWS, FLOOR_SEED);
    }

    /** Rows of every cohort: all pictures first, then each label of each slice in order. */
    private static Map<Scope, List<Integer>> cohorts(List<ScoredImage> images, List<List<CohortAxis>> slices) {
        Map<Scope, List<Integer>> cohorts = new LinkedHashMap<>();
        List<List<CohortAxis>> all = new ArrayList<>();
        all.add(List.of());
        all.addAll(slices);
        for (List<CohortAxis> slice : all) {
            Map<Scope, List<Integer>> labels = new TreeMap<>(java.util.Comparator.comparing(Scope::id));
            for (int row = 0; row < images.size(); row++) {
                labels.computeIfAbsent(cohort(slice, images.get(row).asked().prompt()), scope -> new ArrayList<>())
                        .add(row);
            }
            cohorts.putAll(labels);
        }
        return cohorts;
    }

    private static Scope cohort(List<CohortAxis> slice, Prompt prompt) {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        slice.forEach(axis -> labels.put(axis, prompt.label(axis)));
        var key = new dev.touchstone.eval.result.CohortKey(labels);
        return Scope.cohort(key.axis(), key.label());
    }

    private FeatureMatrix features(
            FeatureCache cache,
            List<dev.touchstone.metrics.feature.DigestedImage> images,
            long doneBefore,
            long total) {
        float[] values = new float[Math.multiplyExact(images.size(), network.dimension())];
        int offset = 0;
        for (int start = 0; start < images.size(); start += CHUNK) {
            stop.check();
            int end = Math.min(images.size(), start + CHUNK);
            FeatureMatrix part = cache.features(network, images.subList(start, end));
            System.arraycopy(part.values(), 0, values, offset, part.values().length);
            offset += part.values().length;
            progress.report(STAGE, doneBefore + end, total, "features");
        }
        return new FeatureMatrix(images.size(), network.dimension(), values);
    }

    private static FeatureMatrix rows(FeatureMatrix matrix, int[] rows) {
        float[] values = new float[rows.length * matrix.columns()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    matrix.values(), rows[i] * matrix.columns(), values, i * matrix.columns(), matrix.columns());
        }
        return new FeatureMatrix(rows.length, matrix.columns(), values);
    }

    private ObjectNode firstLine(GeneratedRecord generated, List<ScoredMetric> metrics, List<List<CohortAxis>> slices) {
        ObjectNode line = Json.object();
        line.put("schemaVersion", RunFolder.SCHEMA_VERSION);
        line.put("runId", generated.runId().value());
        line.put("imagesDigest", generated.imagesDigest());
        line.put("extractor", network.name());
        line.put("weightsDigest", network.weightsDigest());
        line.put("preprocessing", network.preprocessing());
        line.put("golden", golden.header().release());
        line.put("goldenDigest", golden.header().digest());
        line.put("method", METHOD_VERSION);
        metrics.forEach(metric -> line.withArray("metrics").add(metric.id()));
        slices.forEach(slice -> line.withArray("slices")
                .add(String.join(" x ", slice.stream().map(CohortAxis::id).toList())));
        return line;
    }
}
