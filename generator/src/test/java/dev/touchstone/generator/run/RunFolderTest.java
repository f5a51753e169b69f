package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    Path runs;

    private Path path;
    private RunFolder folder;

    @BeforeEach
    void name() {
        path = runs.resolve("r");
        folder = new RunFolder(path);
    }

    @Test
    void aFolderWithoutARunIsNotOpened() throws IOException {
        assertThatThrownBy(() -> RunFolder.open(path))
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith(path + ": expected a run folder with header.json, found nothing");
        Files.createDirectories(path);
        assertThatThrownBy(() -> RunFolder.open(path)).hasMessageContaining("found none in it");
    }

    @Test
    void aRunFromANewerVersionIsRefusedByNameAndPlace() throws IOException {
        generate(2);
        rewrite(folder.headerFile(), "\"schemaVersion\" : 1", "\"schemaVersion\" : 2");

        assertThatThrownBy(() -> RunFolder.open(path))
                .isInstanceOf(RunFolderException.class)
                .hasMessage(folder.headerFile() + ": expected schemaVersion of at most 1, found 2. It was written by a"
                        + " newer Touchstone; use that one.");
        assertThatThrownBy(() -> generate(2)).hasMessageContaining("found 2");
    }

    @Test
    void recordsFromANewerVersionAreRefused() throws IOException {
        generate(2);
        rewrite(folder.imagesFile(), "\"schemaVersion\":1", "\"schemaVersion\":9");

        assertThatThrownBy(() -> folder.images().close())
                .hasMessageContaining("images.jsonl:1: expected schemaVersion");
    }

    @Test
    void anotherRunInTheFolderIsRefusedWithBothDigests() {
        generate(2);
        String other = Sha256.of(new byte[] {9});
        GenerationPlan plan = new GenerationPlan(
                path,
                Plans.header(other),
                Plans.MANIFEST,
                List.of(Plans.request("pr-000", 1, 64)),
                new GenerationPlan.Shape(0, 1, "fp32", 1));

        assertThatThrownBy(() -> generate(plan, NoiseBackend.quick()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining(other)
                .hasMessageContaining(Plans.GENERATION);
    }

    @Test
    void changedRecordsDoNotVerify() throws IOException {
        generate(2);
        rewrite(folder.imagesFile(), "\"seed\":7", "\"seed\":8");

        assertThatThrownBy(() -> folder.verified())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining(
                        "expected digest " + folder.generated().orElseThrow().imagesDigest())
                .hasMessageContaining("found " + folder.imagesDigest());
    }

    @Test
    void aRecordCannotPointOutOfItsFolder() throws IOException {
        generate(1);
        rewrite(folder.imagesFile(), "outputs/pr-000.0.png", "outputs/../../secret.png");

        try (Stream<ImageRecord> images = folder.images()) {
            assertThatThrownBy(images::toList)
                    .isInstanceOf(DataFileException.class)
                    .hasMessage(folder.imagesFile()
                            + ":2: file: expected outputs/pr-000.0.png, found \"outputs/../../secret.png\"");
        }
    }

    @Test
    void aPictureThatWasRemovedIsMissed() throws IOException {
        generate(2);
        Files.delete(path.resolve("outputs/pr-001.1.png"));

        assertThatThrownBy(() -> generate(2))
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith(path.resolve("outputs/pr-001.1.png") + ": expected the recorded picture");
    }

    @Test
    void aPictureOfTheSameLengthIsFoundOutByItsDigest() throws IOException {
        generate(2);
        Path file = path.resolve("outputs/pr-000.0.png");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        generate(2);
        GenerateStage thorough = new GenerateStage(
                Progress.NONE,
                new StopSignal(),
                ImageCheck.DIGEST,
                System::nanoTime,
                java.time.InstantSource.system(),
                HostMeter.NONE);
        assertThatThrownBy(() -> thorough.run(Plans.of(path, 2, 2), begunWith -> NoiseBackend.quick()))
                .hasMessageContaining("expected digest");
    }

    @Test
    void aFileWhereTheFolderMustBeIsNamedBeforeAnythingIsMade() throws IOException {
        Files.createDirectories(path);
        Files.createFile(folder.outputs());
        NoiseBackend backend = NoiseBackend.quick();

        assertThatThrownBy(() -> generate(Plans.of(path, 2, 2), backend))
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith(folder.outputs()
                        + ": expected to write it, found a file where a folder is needed: " + folder.outputs());
        assertThat(backend.requests()).isZero();
    }

    @Test
    void aPictureThatCannotBeSavedStopsTheRunAndTheNextOneGoesOn() throws IOException {
        Path inTheWay = Files.createDirectories(path.resolve("outputs/pr-001.1.png"));
        Files.createFile(inTheWay.resolve("child"));

        assertThatThrownBy(() -> generate(3))
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith(inTheWay + ": expected to write it");
        assertThat(Files.readString(folder.eventsFile())).contains("\"phase\":\"failed\",\"reason\":\"" + inTheWay);
        try (Stream<Path> files = Files.list(folder.outputs())) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
        try (Stream<ImageRecord> images = folder.images()) {
            assertThat(images).hasSize(2);
        }

        Files.delete(inTheWay.resolve("child"));
        Files.delete(inTheWay);
        generate(3);
        assertThat(folder.verified().counts()).isEqualTo(new GeneratedRecord.Counts(6, 0, 0, 0));
    }

    @Test
    void twoRunsOnOneFolderDoNotMix() throws IOException {
        Files.createDirectories(path);
        RunLock lock = RunLock.take(path);
        try {
            assertThatThrownBy(() -> generate(2))
                    .isInstanceOf(RunFolderException.class)
                    .hasMessageContaining("found it held by process "
                            + ProcessHandle.current().pid());
        } finally {
            lock.close();
        }
        generate(2);
    }

    @Test
    void aRunIsNotFinishedByAnotherModel() {
        StopSignal stop = new StopSignal();
        Progress untilSecond = (stage, done, total, note) -> {
            if (done == 2) {
                stop.request();
            }
        };
        assertThatThrownBy(() -> new GenerateStage(untilSecond, stop)
                        .run(Plans.of(path, 2, 2), begunWith -> NoiseBackend.quick()))
                .isInstanceOf(RunInterruptedException.class);

        assertThatThrownBy(() -> generate(Plans.of(path, 2, 2), new OtherRuntime()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("model.runtime: expected none as in the session that began the run, found other");
    }

    @Test
    void anInterruptedRequestLeavesNoRecordAndIsMadeAgain() {
        StopSignal stop = new StopSignal();
        ImageBackend stopping = new NoiseBackend(0, Set.of()) {
            @Override
            public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
                super.generate(request, phases, (index, image) -> {
                    sink.accept(index, image);
                    if (request.promptId().value().equals("pr-001")) {
                        stop.request(); // from now on as if Ctrl-C had been pressed
                    }
                });
            }
        };
        GenerationPlan plan = new GenerationPlan(
                path,
                Plans.header(Plans.GENERATION),
                Plans.MANIFEST,
                List.of(Plans.request("pr-000", 2, 64), Plans.request("pr-001", 2, 64)),
                new GenerationPlan.Shape(0, 1, "fp32", 1));

        assertThatThrownBy(() -> new GenerateStage(Progress.NONE, stop).run(plan, begunWith -> stopping))
                .isInstanceOf(RunInterruptedException.class);
        try (Stream<ImageRecord> images = folder.images()) {
            assertThat(images).hasSize(2);
        }
        generate(plan, NoiseBackend.quick());
        assertThat(folder.verified().counts().complete()).isEqualTo(4);
    }

    @Test
    void imagesThatNeverCameAreMissing() {
        ImageBackend lazy = new NoiseBackend(0, Set.of()) {
            @Override
            public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
                phases.enter(Phase.SAMPLING, 0);
                sink.accept(1, draw(request, 1));
            }
        };

        assertThat(generate(Plans.of(path, 1, 3), lazy).counts()).isEqualTo(new GeneratedRecord.Counts(1, 0, 0, 2));
    }

    @Test
    void anImageOfAnotherSizeIsAFailureOfTheBackEnd() {
        ImageBackend wrong = new NoiseBackend(0, Set.of()) {
            @Override
            public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
                sink.accept(0, draw(Plans.request("other", 1, 32).request(1, 0, EditReference.InputFiles.NONE), 0));
            }
        };
        GenerationPlan plan = new GenerationPlan(
                path,
                Plans.header(Plans.GENERATION),
                Plans.MANIFEST,
                List.of(Plans.request("pr-000", 1, 64)),
                new GenerationPlan.Shape(0, 1, "fp32", 5));

        generate(plan, wrong);
        try (Stream<ImageRecord> images = folder.images()) {
            assertThat(images)
                    .singleElement()
                    .satisfies(image -> assertThat(((ImageRecord.Failed) image).reason())
                            .isEqualTo("back end: expected 64 x 64 pixels, found 32 x 32"));
        }
    }

    @Test
    void aLaterSessionMayChangeThePriceButKeepsWhenItBegan() {
        generate(2);
        RunHeader before = folder.header();
        RunHeader planned = Plans.header(Plans.GENERATION);
        RunHeader dearer = new RunHeader(
                planned.runId(),
                planned.name(),
                before.createdAt().plusSeconds(3600),
                planned.digests(),
                planned.touchstone(),
                planned.model(),
                planned.host(),
                new RunHeader.Environment(
                        new RunHeader.Hardware("cpu-2core", 0.5, "EUR"),
                        planned.environment().serving()),
                planned.packs(),
                planned.golden());
        GenerationPlan plan = Plans.of(path, 2, 2);
        generate(new GenerationPlan(path, dearer, Plans.MANIFEST, plan.requests(), plan.shape()), NoiseBackend.quick());

        RunHeader after = folder.header();
        assertThat(after.environment().hardware().pricePerHour()).isEqualTo(0.5);
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.model()).isEqualTo(before.model());
    }

    private static final class OtherRuntime extends NoiseBackend {
        OtherRuntime() {
            super(0, Set.of());
        }

        @Override
        public SortedMap<String, String> identity() {
            SortedMap<String, String> identity = new TreeMap<>(super.identity());
            identity.put("runtime", "other");
            return identity;
        }
    }

    private void generate(int prompts) {
        generate(Plans.of(path, prompts, 2), NoiseBackend.quick());
    }

    private static GeneratedRecord generate(GenerationPlan plan, ImageBackend backend) {
        return new GenerateStage(Progress.NONE, new StopSignal()).run(plan, begunWith -> backend);
    }

    private static void rewrite(Path file, String old, String with) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, with));
    }
}
