package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.backend.BestOfBackend;
import dev.touchstone.generator.backend.ImageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was killed ends as one that was not. */
class ResumeTest {

    private static final int PROMPTS = 24;
    private static final int IMAGES = 3;
    private static final int KILLS = 6;
    // A run sleeps through 24 requests x 2 batches x 4 steps: 384 ms, more than all its lives before the last together.
    private static final long STEP_NANOS = 2_000_000;
    private static final int LONGEST_LIFE_MILLIS = 60;

    @TempDir
    Path runs;

    /** The process that is killed: makes the plan slowly, and says when it holds the folder and loads the model. */
    static final class Child {
        public static void main(String[] arguments) {
            Progress saying = (stage, done, total, note) -> {
                if (note.startsWith("loading")) {
                    System.out.println("ready");
                }
            };
            new GenerateStage(saying, new StopSignal())
                    .run(
                            Plans.of(Path.of(arguments[0]), PROMPTS, IMAGES),
                            begunWith -> backend(arguments[1], new NoiseBackend(STEP_NANOS, Set.of())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "best-of"})
    void killedAgainAndAgainItEndsWithTheImagesOfAnUninterruptedRun(String kind) throws Exception {
        SplittableRandom random = new SplittableRandom(20260101);
        Path folder = runs.resolve("killed");
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = child(folder, kind);
            try {
                waitUntilReady(child);
                if (kill == 3) {
                    assertThatThrownBy(() -> generate(folder, kind))
                            .isInstanceOf(RunFolderException.class)
                            .hasMessageContaining("held by process " + child.pid() + " since ");
                }
                boolean ended = child.waitFor(random.nextInt(1, LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                assertThat(ended).as("life %d", kill).isFalse();
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        generate(folder, kind);

        assertThat(digests(folder)).isEqualTo(digests(uninterrupted(PROMPTS, IMAGES, kind)));
        assertThat(outputs(folder)).hasSize(PROMPTS * IMAGES);
        assertThat(new RunFolder(folder).verified().counts())
                .isEqualTo(new GeneratedRecord.Counts(PROMPTS * IMAGES, 0, 0, 0));
    }

    @Test
    void recordsCutAtAnyByteAreMadeWholeAgain() throws IOException {
        Path reference = uninterrupted(2, 2);
        SortedMap<String, String> expected = digests(reference);
        Path images = new RunFolder(reference).imagesFile();
        long whole = Files.size(images);
        long firstLine = Files.readAllLines(images).get(0).length() + 1L;
        List<Long> cuts = new ArrayList<>(List.of(firstLine, firstLine + 1, whole - 1, whole));
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 24; i++) {
            cuts.add(random.nextLong(firstLine, whole));
        }
        for (long cut : cuts) {
            Files.deleteIfExists(new RunFolder(reference).generatedFile());
            try (FileChannel channel = FileChannel.open(images, StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            Files.write(reference.resolve("outputs/.pr-001.0.png.17.4.tmp"), new byte[] {1, 2, 3});
            new GenerateStage(Progress.NONE, new StopSignal())
                    .run(Plans.of(reference, 2, 2), begunWith -> NoiseBackend.quick());

            assertThat(digests(reference)).as("cut at byte %d", cut).isEqualTo(expected);
            assertThat(outputs(reference)).as("cut at byte %d", cut).hasSize(4);
        }
    }

    @Test
    void onlyWhatIsMissingIsMadeAgain() throws IOException {
        Path folder = uninterrupted(3, 2);
        Path images = new RunFolder(folder).imagesFile();
        List<String> lines = Files.readAllLines(images);
        Files.writeString(images, String.join("\n", lines.subList(0, 4)) + "\n"); // half of the second request
        NoiseBackend backend = NoiseBackend.quick();

        new GenerateStage(Progress.NONE, new StopSignal()).run(Plans.of(folder, 3, 2), begunWith -> backend);

        assertThat(backend.requests()).isEqualTo(2 + 1); // two requests and the warm-up
        try (Stream<ImageRecord> records = new RunFolder(folder).images()) {
            assertThat(records.map(record -> record.request().session())).containsExactly(1, 1, 2, 2, 2, 2);
        }
    }

    private static Process child(Path folder, String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void waitUntilReady(Process child) throws IOException {
        InputStream out = child.getInputStream();
        for (int b = out.read(); b >= 0 && b != '\n'; b = out.read()) {
            continue;
        }
    }

    private static ImageBackend backend(String kind, NoiseBackend noise) {
        return kind.equals("plain") ? noise : new BestOfBackend(noise, new RedJudge(), 2);
    }

    private static void generate(Path folder, String kind) {
        new GenerateStage(Progress.NONE, new StopSignal())
                .run(Plans.of(folder, PROMPTS, IMAGES), begunWith -> backend(kind, NoiseBackend.quick()));
    }

    private Path uninterrupted(int prompts, int images) {
        return uninterrupted(prompts, images, "plain");
    }

    private Path uninterrupted(int prompts, int images, String kind) {
        Path folder = runs.resolve("uninterrupted");
        new GenerateStage(Progress.NONE, new StopSignal())
                .run(Plans.of(folder, prompts, images), begunWith -> backend(kind, NoiseBackend.quick()));
        return folder;
    }

    private static SortedMap<String, String> digests(Path folder) {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<ImageRecord> images = new RunFolder(folder).images()) {
            images.forEach(image -> {
                String before = digests.put(
                        image.id().toString(),
                        ((ImageRecord.Complete) image).file().sha256());
                assertThat(before).as("%s twice", image.id()).isNull();
            });
        }
        return digests;
    }

    private static List<Path> outputs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(new RunFolder(folder).outputs())) {
            return files.toList();
        }
    }
}
