package dev.touchstone.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.eval.golden.SmallGolden;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.ImageFormat;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureProgress;
import dev.touchstone.metrics.measure.MeasureSettings;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The score stage on a small real run against a small golden dataset: its lines are the numbers that the metrics give by themselves. */
class ScoreStageTest {

    private static final List<String> ALL =
            List.of("adherence", "lpips-diversity", "lpips-target", "lpips-reference", "fid", "kid");
    private static final List<List<CohortAxis>> SLICES = List.of(List.of(CohortAxis.WORKFLOW));
    private static final int PROMPTS = 10;

    private static TouchstoneFeatures network;
    private static GoldenDataset golden;
    private static RunFolder run;
    private static Path cache;
    private static List<ScoreLine> lines;

    @TempDir
    private Path folder;

    @BeforeAll
    static void score(@TempDir Path shared) throws IOException {
        network = TouchstoneFeatures.builtin();
        golden = SmallGolden.build(shared.resolve("golden"), 24);
        run = ScoredRun.make(shared.resolve("runs"), golden, PROMPTS, 2);
        cache = shared.resolve("cache");
        stage(golden, cache).run(run, ALL, SLICES);
        lines = ScoreFile.read(run).orElseThrow().lines();
    }

    private static ScoreStage stage(GoldenDataset dataset, Path features) {
        return new ScoreStage(network, dataset, features, Progress.NONE, new StopSignal());
    }

    private static ScoreLine line(Subject subject, String metric) {
        return lines.stream()
                .filter(line ->
                        line.subject().equals(subject) && line.metric().equals(MetricId.of(metric, "touchstone-1")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " of " + subject));
    }

    private static double value(Subject subject, String metric) {
        return line(subject, metric)
                .known()
                .orElseThrow(() -> new AssertionError(line(subject, metric)))
                .value();
    }

    private static List<ImageId> images() {
        try (Stream<ImageRecord> records = run.images()) {
            return records.map(ImageRecord::id).sorted().toList();
        }
    }

    private static Map<PromptId, Prompt> prompts() {
        try (Stream<PromptRecord> records = run.prompts()) {
            return records.map(PromptRecord::prompt).collect(Collectors.toMap(Prompt::id, prompt -> prompt));
        }
    }

    private static RgbImage decode(Path file) {
        return new ImageDecoder().decode(file);
    }

    @Test
    void everyImageHasItsAdherence() {
        for (ImageId image : images()) {
            Adherence expected = Adherence.of(
                    network.attributes(List.of(decode(run.output(image, ImageFormat.PNG))))
                            .get(0),
                    prompts().get(image.prompt()).asks());
            assertThat(value(new Subject.OfImage(image), "adherence"))
                    .as(image.toString())
                    .isEqualTo(((Adherence.Measured) expected).share());
        }
        assertThat(images()).hasSize(2 * PROMPTS + 4);
        ScoreLine wrong = line(new Subject.OfImage(images().get(1)), "adherence");
        assertThat(wrong.detail()).containsValue(0.0);
        assertThat(wrong.seen()).isNotEmpty();
    }

    @Test
    void picturesAreComparedWithEachOtherWithTheirTargetAndWithTheNearestGoldenPictures() {
        LearnedPerceptualSimilarity lpips = new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        GoldenReferences references = new GoldenReferences(golden);
        for (int i = 0; i < PROMPTS + 2; i++) {
            Prompt prompt = prompts().get(ScoredRun.id(i));
            RgbImage first = decode(run.output(new ImageId(prompt.id(), 0), ImageFormat.PNG));
            RgbImage second = decode(run.output(new ImageId(prompt.id(), 1), ImageFormat.PNG));
            Subject image = new Subject.OfImage(new ImageId(prompt.id(), 1));
            assertThat(value(new Subject.OfPrompt(prompt.id()), "lpips-diversity"))
                    .isEqualTo(lpips.distance(second, first));
            if (i >= PROMPTS) {
                Path target = golden.editFiles(prompt.edit().orElseThrow().pair(), 64, 64)
                        .orElseThrow()
                        .target();
                assertThat(value(image, "lpips-target")).isEqualTo(lpips.distance(second, decode(target)));
            }
            List<GoldenImage> nearest = references.nearest(prompt);
            if (nearest.isEmpty()) {
                assertThat(line(image, "lpips-reference").figure())
                        .isEqualTo(Figure.Unscored.because("no golden picture shows what the prompt asks for", 0));
            } else {
                assertThat(value(image, "lpips-reference"))
                        .isEqualTo(nearest.stream()
                                .mapToDouble(one -> lpips.distance(second, decode(golden.file(one))))
                                .min()
                                .orElseThrow());
            }
        }
        assertThat(lines)
                .as("a prompt that edits nothing has no target, and no line for it")
                .filteredOn(line -> line.metric().metric().equals("lpips-target"))
                .hasSize(4);
    }

    @Test
    void cohortsAreSetAgainstGoldenPicturesOfTheirOwn() {
        List<ImageId> ids = images();
        Rows all = Rows.of(network.features(
                ids.stream().map(id -> decode(run.output(id, ImageFormat.PNG))).toList()));
        GoldenReferences references = new GoldenReferences(golden);
        Rows reference = Rows.of(network.features(golden.images().stream()
                .map(image -> decode(golden.file(image)))
                .toList()));
        for (CohortKey cohort : List.of(
                CohortKey.OVERALL,
                CohortKey.of(CohortAxis.WORKFLOW, "portrait-realism"),
                CohortKey.of(CohortAxis.WORKFLOW, "marketing-assets"))) {
            int[] rows = IntStream.range(0, ids.size())
                    .filter(row -> prompts()
                            .get(ids.get(row).prompt())
                            .labels()
                            .entrySet()
                            .containsAll(cohort.labels().entrySet()))
                    .toArray();
            List<Prompt> asked = java.util.Arrays.stream(rows)
                    .mapToObj(row -> prompts().get(ids.get(row).prompt()))
                    .distinct()
                    .toList();
            int[] clusters = java.util.Arrays.stream(rows)
                    .map(row -> asked.indexOf(prompts().get(ids.get(row).prompt())))
                    .toArray();
            Rows ours = all.select(rows);
            Rows theirs = reference.select(references.of(asked));
            Subject subject = new Subject.OfCohort(cohort);
            assertThat(line(subject, "fid").figure())
                    .as("12 prompts are too few for an FID")
                    .isInstanceOfSatisfying(
                            Figure.Unscored.class,
                            none -> assertThat(none.reason()).contains("fewer than 24 prompts"));
            assertThat(value(subject, "kid"))
                    .isCloseTo(
                            KernelInceptionDistance.unbiased(
                                            ours,
                                            clusters,
                                            theirs,
                                            IntStream.range(0, theirs.rows()).toArray())
                                    .value(),
                            within(1e-15));
            assertThat(line(subject, "kid").known().orElseThrow().interval()).isPresent();
            assertThat(line(subject, "kid").detail())
                    .containsKeys("floor", "floorHigh", "floorN", "floorDraws")
                    .containsEntry("referenceN", (double) theirs.rows());
        }
        assertThat(line(new Subject.OfCohort(CohortKey.of(CohortAxis.WORKFLOW, "edit-workflows")), "kid")
                        .figure())
                .isInstanceOfSatisfying(
                        Figure.Unscored.class, none -> assertThat(none.reason()).contains("found 4 of 2"));
    }

    @Test
    void goldenPicturesAreTheYardstickOfTheJudgeAndOfTheNearestReference() {
        ScoreLine adherence = line(new Subject.OfCohort(CohortKey.OVERALL), "adherence");
        assertThat(adherence.detail().get("ceiling.subject")).isBetween(0.5, 1.0);
        assertThat(adherence.detail().get("ceilingN.subject")).isPositive();
        ScoreLine reference = line(new Subject.OfCohort(CohortKey.OVERALL), "lpips-reference");
        assertThat(reference.detail().get("floor")).isPositive();
        assertThat(reference.detail().get("floorHigh"))
                .isGreaterThan(reference.detail().get("floor"));
        assertThat(reference.detail()).containsEntry("floorDraws", 200.0);
    }

    /** Two callers of one computation: the same input gives the same number. */
    @Test
    void measureGivesTheNumbersOfTheStage() throws IOException {
        RunFolder single = ScoredRun.make(folder.resolve("runs"), golden, 22, 1);
        stage(golden, cache).run(single, List.of("fid", "kid", "lpips-target"), List.of());
        List<ScoreLine> scored = ScoreFile.read(single).orElseThrow().lines();
        Path generated = Files.createDirectory(folder.resolve("generated"));
        List<Prompt> asked = new ArrayList<>();
        try (Stream<PromptRecord> records = single.prompts()) {
            for (PromptRecord record : records.toList()) {
                ImageId image = new ImageId(record.prompt().id(), 0);
                Files.copy(single.output(image, ImageFormat.PNG), generated.resolve(image + ".png"));
                asked.add(record.prompt());
            }
        }
        GoldenReferences references = new GoldenReferences(golden);
        Path reference = Files.createDirectory(folder.resolve("reference"));
        for (int row : references.of(asked)) {
            Path file = golden.file(golden.images().get(row));
            Files.copy(file, reference.resolve(String.format(Locale.ROOT, "%04d.png", row)));
        }
        Measure measure = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE);
        assertThat(measure.of("fid", generated, reference)
                        .score()
                        .scored()
                        .orElseThrow()
                        .value())
                .isEqualTo(of(scored, "fid"));
        assertThat(measure.of("kid", generated, reference).parts().get("full")).isEqualTo(of(scored, "kid"));
        PromptId edited = ScoredRun.id(22);
        Path target = golden.editFiles("edit-0001", 64, 64).orElseThrow().target();
        assertThat(measure.of("lpips", single.output(new ImageId(edited, 0), ImageFormat.PNG), target)
                        .score()
                        .scored()
                        .orElseThrow()
                        .value())
                .isEqualTo(of(scored, "lpips-target"));
    }

    private static double of(List<ScoreLine> scored, String metric) {
        return scored.stream()
                .filter(line -> line.metric().metric().equals(metric))
                .findFirst()
                .map(line -> line.known().orElseThrow(() -> new AssertionError(line)))
                .orElseThrow(() -> new AssertionError("no " + metric + " in " + scored))
                .value();
    }

    @Test
    void everyLineSaysDirectionUnitAndMethod() {
        assertThat(lines).hasSizeGreaterThan(60).allSatisfy(line -> {
            assertThat(line.direction()).isPresent();
            assertThat(line.unit()).isEqualTo("1");
            line.known().ifPresent(known -> assertThat(known.method()).isNotEqualTo("as scored"));
        });
    }

    @Test
    void scoresAreMadeAgainOnlyIfSomethingChanged() throws IOException {
        RunFolder small = ScoredRun.make(folder.resolve("runs"), golden, 1, 1);
        stage(golden, cache).run(small, List.of("adherence"), List.of());
        Path file = ScoreFile.path(small);
        String before = Files.readString(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));

        stage(golden, cache).run(small, List.of("adherence"), List.of());
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));

        stage(golden, cache).run(small, List.of("adherence", "lpips-target"), List.of());
        assertThat(Files.readString(file)).isNotEqualTo(before);

        Files.writeString(file, before.replace(",\"method\":4", ""));
        stage(golden, cache).run(small, List.of("adherence"), List.of());
        assertThat(Files.readString(file))
                .as("scores of an older method are made again")
                .isEqualTo(before);
    }

    @Test
    void aPictureThatIsNotTheRecordedOneIsRefusedAndNothingIsKeptOfIt() throws IOException {
        GoldenDataset own = SmallGolden.build(folder.resolve("golden"), 4);
        RunFolder small = ScoredRun.make(folder.resolve("runs"), own, 8, 1);
        Path features = folder.resolve("cache");
        Path changed = own.file(own.images().get(0));
        byte[] sound = Files.readAllBytes(changed);
        Files.write(changed, PngFile.encode(new RgbImage(64, 64, new byte[64 * 64 * 3])));
        ScoreStage stage = stage(own, features);

        assertThatThrownBy(() -> stage.run(small, List.of("fid"), List.of()))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining(changed + ": expected the image that was recorded, with SHA-256 "
                        + own.digest(own.images().get(0)));
        assertThat(ScoreFile.read(small)).isEmpty();

        Files.write(changed, sound);
        stage(own, features).run(small, List.of("fid"), List.of());
        String mended = Files.readString(ScoreFile.path(small));
        Files.delete(ScoreFile.path(small));
        stage(own, folder.resolve("another cache")).run(small, List.of("fid"), List.of());
        assertThat(Files.readString(ScoreFile.path(small)))
                .as("the cache holds nothing of the changed file")
                .isEqualTo(mended);

        Path output = small.output(new ImageId(ScoredRun.id(0), 0), ImageFormat.PNG);
        byte[] bytes = Files.readAllBytes(output);
        bytes[bytes.length - 20] ^= 1;
        Files.write(output, bytes);
        assertThatThrownBy(() -> stage(own, features).run(small, List.of("adherence"), List.of()))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining(output.getFileName().toString());
    }

    @Test
    void aMetricThatIsNotOnTheClassPathIsNamed() {
        assertThatThrownBy(() -> stage(golden, cache).run(run, List.of("sparkle"), List.of()))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("expected one of fid, kid,")
                .hasMessageContaining("found \"sparkle\"; is its jar on the class path?");
    }
}
