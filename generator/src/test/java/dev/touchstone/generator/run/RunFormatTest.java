package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.RequestTimeline;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageFormat;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole run folder, byte for byte. {@code -Dtouchstone.golden=write} writes the files anew after a deliberate change;
 * runs of released versions must stay readable.
 */
class RunFormatTest {

    private static final List<String> FILES = List.of(
            "header.json",
            "manifest.yaml",
            "prompts.jsonl",
            "events.jsonl",
            "images.jsonl",
            "generated.json",
            "metadata.csv");

    private static final byte[] BLACK = PngFile.encode(new RgbImage(16, 16, new byte[16 * 16 * 3]));
    private static final FileReference BLACK_FILE = new FileReference("builtin/1/edits/black.png", Sha256.of(BLACK));

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path runs;

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"und", "tr-TR", "ru-RU", "ar-EG-u-nu-arab"})
    void everyFileIsTheSameInEveryLocaleAndZone(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        RunFolder folder = new RunFolder(runs.resolve("r"));

        run(folder);

        for (String file : FILES) {
            String written = Files.readString(folder.path().resolve(file));
            if ("write".equals(System.getProperty("touchstone.golden"))) {
                Files.createDirectories(golden());
                Files.writeString(golden().resolve(file), written);
            }
            assertThat(written).as(file).isEqualTo(Files.readString(golden().resolve(file)));
        }
    }

    @Test
    void aRunOfVersion1StaysReadable() {
        RunFolder folder = RunFolder.open(golden());

        assertThat(folder.verified().counts()).isEqualTo(new GeneratedRecord.Counts(4, 2, 0, 0));
        assertThat(folder.header())
                .isEqualTo(Plans.header(Plans.GENERATION)
                        .withModel(NoiseBackend.quick().identity()));
        try (Stream<PromptRecord> prompts = folder.prompts()) {
            assertThat(prompts)
                    .containsExactlyElementsOf(
                            requests().stream().map(PlannedRequest::record).toList());
        }
        try (Stream<ImageRecord> images = folder.images()) {
            assertThat(images.map(ImageLine::write)).containsExactlyElementsOf(lines(folder.imagesFile()));
        }
    }

    /** Written before records held attempts, formats and what was answered. */
    @Test
    void aRunOfTheFirstFormIsReadLikeOneOfToday() {
        RunFolder old = RunFolder.open(golden().resolveSibling("run-folder-1-before-attempts"));

        assertThat(old.verified().counts()).isEqualTo(new GeneratedRecord.Counts(4, 2, 0, 0));
        assertThat(old.header()).isEqualTo(RunFolder.open(golden()).header());
        try (Stream<ImageRecord> before = old.images();
                Stream<ImageRecord> now = new RunFolder(golden()).images()) {
            List<ImageRecord> records = before.toList();
            assertThat(records).hasSize(6).allSatisfy(record -> {
                assertThat(record.request().details()).isEqualTo(ImageRecord.RequestDetails.NONE);
                if (record instanceof ImageRecord.Complete complete) {
                    assertThat(complete.answered()).isEqualTo(GeneratedImage.Answered.NOTHING);
                    assertThat(complete.file().picture())
                            .isEqualTo(new ImageRecord.PictureForm(ImageFormat.PNG, 16, 16));
                }
            });
            List<ImageRecord> today = now.toList();
            for (int i = 0; i < 6; i++) {
                assertThat(records.get(i).asked()).isEqualTo(today.get(i).asked());
                if (records.get(i) instanceof ImageRecord.Complete complete) {
                    assertThat(complete.file()).isEqualTo(((ImageRecord.Complete) today.get(i)).file());
                }
            }
        }
        List<RequestTimeline> timelines = new ArrayList<>();
        EventReader.timelines(old.eventsFile(), timelines::add);
        assertThat(timelines).hasSize(5);
    }

    private static void run(RunFolder folder) {
        AtomicLong nanos = new AtomicLong();
        GenerationPlan plan = new GenerationPlan(
                folder.path(),
                Plans.header(Plans.GENERATION),
                Plans.MANIFEST,
                requests(),
                new GenerationPlan.Shape(1, 1, "fp32", 3));
        new GenerateStage(
                        Progress.NONE,
                        new StopSignal(),
                        ImageCheck.SIZE,
                        () -> nanos.getAndAdd(250_125),
                        InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z")),
                        HostMeter.NONE)
                .run(plan, begunWith -> new NoiseBackend(0, Set.of("pr-001")), file -> BLACK);
    }

    private static List<PlannedRequest> requests() {
        Prompt prompt = Plans.prompt("ed-001");
        Prompt edit = new Prompt(
                new PromptId("ed-001"),
                prompt.text(),
                "",
                prompt.labels(),
                Prompt.Rotation.ROTATING,
                prompt.asks(),
                Optional.of(new EditSpec(EditSpec.EditMode.INPAINT, "edit-00001", "Make it red, please")));
        return List.of(
                Plans.request("pr-000", 2, 16),
                Plans.request("pr-001", 2, 16),
                new PlannedRequest(
                        edit,
                        "edit-workflows/1",
                        16,
                        16,
                        2,
                        -9_007_199_254_740_993L,
                        new SamplingSettings(Sampler.EULER, 2, 1),
                        Optional.of(new EditReference(
                                EditSpec.EditMode.INPAINT, BLACK_FILE, BLACK_FILE, 0.8, "Make it red, please"))));
    }

    private static List<String> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path golden() {
        return Path.of(System.getProperty("touchstone.home"), "generator/src/test/resources/run-folder-1");
    }
}
