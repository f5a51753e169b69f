package dev.touchstone.eval.score;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Metrics;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.adherence.Adherence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Scores the pictures of a finished run by the metrics on the class path. Runs again only if pictures, network, golden dataset, metrics,
 * cohorts or the way of scoring changed; features of golden pictures that were seen before come from the cache.
 */
public final class ScoreStage {

    private static final String STAGE = "score";

    /** Pictures that go through the network together, with their references. */
    private static final int TOGETHER = 32;

    /** Pictures whose features are computed between two signs of life. */
    private static final int CHUNK = 256;

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

    /**
     * Writes {@code scores.jsonl}.
     *
     * @param names of metrics as in the manifest
     * @param slices cohort axes, each alone or crossed
     * @return why numbers are missing, if an engine that they need failed its self-check; they are scored anew at the next call
     * @throws MetricException if no class on the class path is a metric of a name that a run can be scored by
     * @throws dev.touchstone.metrics.file.DataFileException if the run is not finished or the file cannot be written
     * @throws dev.touchstone.metrics.feature.FeatureException if a picture is not the one that was recorded
     */
    public Optional<String> run(RunFolder folder, List<String> names, List<List<CohortAxis>> slices) {
        GeneratedRecord generated = folder.verified();
        List<Metric> metrics = metrics(names);
        ScoreHeader header = header(generated, metrics, slices, ScoreHeader.METHOD);
        if (ScoreFile.isCurrent(folder, header)) {
            progress.report(
                    STAGE, generated.counts().complete(), generated.counts().complete(), "nothing changed");
            return Optional.empty();
        }
        List<ScoredImage> images = images(folder);
        GoldenReferences references = new GoldenReferences(golden);
        Work work = new Work(folder, metrics, images, references);
        List<ScoreLine> lines = new ArrayList<>(work.pictures());
        lines.addAll(work.sets(slices));
        lines.addAll(work.yardsticks(slices));
        int method = work.refusal.isPresent() ? ScoreHeader.INCOMPLETE : ScoreHeader.METHOD;
        new ScoreFile(header(generated, metrics, slices, method), lines).write(folder);
        return work.refusal;
    }

    private static List<Metric> metrics(List<String> names) {
        List<Metric> known = Metrics.installed().reading(Metrics.OF_A_RUN);
        List<String> ids = known.stream().map(Metric::name).toList();
        for (String name : names) {
            if (!ids.contains(name)) {
                throw new MetricException("metrics: expected one of " + String.join(", ", ids) + ", found \"" + name
                        + "\"; is its jar on the class path?");
            }
        }
        return known.stream().filter(metric -> names.contains(metric.name())).toList();
    }

    private static List<ScoredImage> images(RunFolder folder) {
        SortedMap<PromptId, PromptRecord> prompts = new TreeMap<>();
        try (Stream<PromptRecord> records = folder.prompts()) {
            records.forEach(record -> prompts.put(record.prompt().id(), record));
        }
        ImageDecoder decoder = new ImageDecoder();
        try (Stream<ImageRecord> records = folder.images()) {
            return records.filter(ImageRecord.Complete.class::isInstance)
                    .map(ImageRecord.Complete.class::cast)
                    .map(image ->
                            ScoredImage.of(folder, image, prompts.get(image.id().prompt()), decoder))
                    .sorted(Comparator.comparing(ScoredImage::id))
                    .toList();
        }
    }

    private ScoreHeader header(
            GeneratedRecord generated, List<Metric> metrics, List<List<CohortAxis>> slices, int method) {
        return new ScoreHeader(
                generated.runId(),
                generated.imagesDigest(),
                new ScoreHeader.Network(network.name(), network.weightsDigest(), network.preprocessing()),
                new ScoreHeader.Golden(
                        golden.header().release(), golden.header().digest()),
                metrics.stream().map(Metric::name).toList(),
                slices.stream()
                        .map(slice -> String.join(
                                " x ", slice.stream().map(CohortAxis::id).toList()))
                        .toList(),
                method);
    }

    /** One scoring of a run. */
    private final class Work {

        private final List<SetMetric> ofSets;
        private final List<Metric> ofPictures;
        private final Set<Picture.Part> parts;
        private final List<ScoredImage> images;
        private final GoldenReferences references;
        private final FeatureCache ownFeatures;
        private final FeatureCache goldenFeatures = new FeatureCache(goldenCache);
        private final PictureScores scores;
        private final long total;
        private long done;
        private Optional<String> refusal = Optional.empty();

        Work(RunFolder folder, List<Metric> metrics, List<ScoredImage> images, GoldenReferences references) {
            ofSets = metrics.stream()
                    .filter(SetMetric.class::isInstance)
                    .map(SetMetric.class::cast)
                    .toList();
            ofPictures = metrics.stream()
                    .filter(metric -> !(metric instanceof SetMetric))
                    .toList();
            parts = PictureScores.parts(metrics);
            this.images = images;
            this.references = references;
            ownFeatures = new FeatureCache(folder.path().resolve("features"));
            scores = new PictureScores(network, references, metrics);
            total = images.size() + (ofSets.isEmpty() ? 0L : references.all().size());
        }

        /** All metrics of pictures and prompts; on the way features are kept for those of sets. */
        List<ScoreLine> pictures() {
            List<ScoreLine> lines = new ArrayList<>();
            if (ofPictures.isEmpty()) {
                return lines;
            }
            Map<PromptId, List<ScoredImage>> byPrompt = new LinkedHashMap<>();
            images.forEach(image -> byPrompt.computeIfAbsent(image.id().prompt(), id -> new ArrayList<>())
                    .add(image));
            List<PictureScores.Group> waiting = new ArrayList<>();
            int pictures = 0;
            int left = byPrompt.size();
            for (List<ScoredImage> group : byPrompt.values()) {
                waiting.add(new PictureScores.Group(group.get(0).prompt(), group));
                pictures += group.size();
                left--;
                if (pictures >= TOGETHER || left == 0) {
                    stop.check();
                    lines.addAll(scored(waiting));
                    done += pictures;
                    pictures = 0;
                    waiting.clear();
                    progress.report(STAGE, done, total, "pictures");
                }
            }
            return lines;
        }

        private List<ScoreLine> scored(List<PictureScores.Group> groups) {
            PictureScores.Scored scored = scores.score(groups);
            if (parts.contains(Picture.Part.FEATURES)) {
                Map<String, float[]> own = new LinkedHashMap<>();
                int row = 0;
                for (PictureScores.Group group : groups) {
                    for (ScoredImage image : group.images()) {
                        own.put(image.content().sha256(), scored.features().get(row++));
                    }
                }
                keep(ownFeatures, own);
                keep(goldenFeatures, scored.golden());
            }
            return scored.lines();
        }

        private void keep(FeatureCache cache, Map<String, float[]> features) {
            Map<String, float[]> unknown = new LinkedHashMap<>(features);
            unknown.keySet().removeIf(digest -> cache.find(network, digest).isPresent());
            if (!unknown.isEmpty()) {
                cache.put(network, unknown);
            }
        }

        /** All metrics of sets, cohort by cohort. */
        List<ScoreLine> sets(List<List<CohortAxis>> slices) {
            List<ScoreLine> lines = new ArrayList<>();
            if (ofSets.isEmpty()) {
                return lines;
            }
            FeatureMatrix generated = features(
                    ownFeatures, images.stream().map(ScoredImage::content).toList(), 0);
            FeatureMatrix theirs = features(
                    goldenFeatures,
                    references.all().stream().map(references::digested).toList(),
                    images.size());
            SetScores sets = new SetScores(network.name(), images, generated, references, theirs);
            cohorts(slices).forEach((cohort, rows) -> {
                stop.check();
                lines.addAll(sets.score(
                        cohort, rows.stream().mapToInt(Integer::intValue).toArray(), ofSets));
            });
            refusal = sets.refusal();
            return lines;
        }

        /** What golden pictures come to by the same metrics: the judge's ceiling, and the floor of LPIPS to the golden reference. */
        List<ScoreLine> yardsticks(List<List<CohortAxis>> slices) {
            List<ScoreLine> lines = new ArrayList<>();
            for (Metric metric : ofPictures) {
                stop.check();
                if (metric.name().equals(Adherence.METRIC)) {
                    JudgeCeiling ceiling = JudgeCeiling.of(network, references);
                    if (ceiling.isKnown()) {
                        lines.add(yardstick(
                                CohortKey.OVERALL,
                                metric,
                                ceiling.share(),
                                ceiling.pictures(),
                                ceiling.detail(),
                                "read right in golden pictures"));
                    }
                } else if (metric.reads().contains(Reads.NEAREST)) {
                    ReferenceFloor floor = ReferenceFloor.of(
                            network,
                            references,
                            images.stream().map(ScoredImage::prompt).distinct().toList());
                    cohorts(slices)
                            .forEach((cohort, rows) -> floor.of(rows.stream()
                                            .map(row -> images.get(row).id().prompt())
                                            .toList())
                                    .ifPresent(found -> {
                                        SortedMap<String, Double> detail = new TreeMap<>();
                                        SetScores.add(detail, found);
                                        lines.add(yardstick(
                                                cohort,
                                                metric,
                                                found.mean(),
                                                found.n(),
                                                detail,
                                                "golden against golden"));
                                    }));
                }
            }
            return lines;
        }

        private ScoreLine yardstick(
                CohortKey cohort, Metric metric, double value, int n, SortedMap<String, Double> detail, String method) {
            Optional<Direction> direction = Optional.of(metric.direction());
            return new ScoreLine(
                    new Subject.OfCohort(cohort),
                    metric.id(network.name()),
                    direction,
                    metric.unit(),
                    new Figure.Known(value, metric.unit(), direction, n, Optional.empty(), method),
                    detail,
                    new TreeMap<>());
        }

        private FeatureMatrix features(FeatureCache cache, List<DigestedImage> wanted, long before) {
            float[] values = new float[Math.multiplyExact(wanted.size(), network.dimension())];
            int offset = 0;
            for (int start = 0; start < wanted.size(); start += CHUNK) {
                stop.check();
                int end = Math.min(wanted.size(), start + CHUNK);
                FeatureMatrix part = cache.features(network, wanted.subList(start, end));
                System.arraycopy(part.values(), 0, values, offset, part.values().length);
                offset += part.values().length;
                progress.report(STAGE, before + end, total, "features");
            }
            return new FeatureMatrix(wanted.size(), network.dimension(), values);
        }

        /** Rows of every cohort: all pictures first, then each label of each slice in order. */
        private Map<CohortKey, List<Integer>> cohorts(List<List<CohortAxis>> slices) {
            Map<CohortKey, List<Integer>> cohorts = new LinkedHashMap<>();
            List<List<CohortAxis>> all = new ArrayList<>();
            all.add(List.of());
            all.addAll(slices);
            for (List<CohortAxis> slice : all) {
                Map<CohortKey, List<Integer>> labels = new TreeMap<>(Comparator.comparing(CohortKey::label));
                for (int row = 0; row < images.size(); row++) {
                    labels.computeIfAbsent(cohort(slice, images.get(row)), key -> new ArrayList<>())
                            .add(row);
                }
                cohorts.putAll(labels);
            }
            return cohorts;
        }

        private static CohortKey cohort(List<CohortAxis> slice, ScoredImage image) {
            SortedMap<CohortAxis, String> labels = new TreeMap<>();
            slice.forEach(axis -> labels.put(axis, image.prompt().label(axis)));
            return new CohortKey(labels);
        }
    }
}
