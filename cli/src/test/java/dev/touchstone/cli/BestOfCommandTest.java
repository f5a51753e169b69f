package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.backend.Selection.Candidate;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** best_of and prompt_upsampling through the command, on the built-in model. */
class BestOfCommandTest {

    @TempDir
    Path folder;

    @Test
    void theKeptPictureIsTheOneThatScoresBestAndPromptsStayThePromptsOfRecord() throws IOException {
        Streams streams = Streams.of(
                "run", manifest().toString(), "--runs", folder.resolve("runs").toString(), "--quiet");
        assertThat(streams.status()).as(streams.err()).isZero();
        RunFolder run = run();

        Map<String, Double> scores = adherence(run);
        List<ImageRecord> images = images(run);
        assertThat(images).hasSize(24);
        int chosen = 0;
        for (ImageRecord image : images) {
            Selection selection = ((ImageRecord.Complete) image).selection().orElseThrow();
            assertThat(selection.candidates()).hasSize(3);
            double kept = adherence(selection.candidates().get(selection.kept()));
            assertThat(selection.candidates()).allMatch(candidate -> adherence(candidate) <= kept);
            assertThat(scores.get(image.id().toString())).isCloseTo(kept, within(1e-6));
            chosen += selection.kept() > 0 ? 1 : 0;
        }
        assertThat(chosen).isPositive();
        assertThat(run.verified().revisedPrompts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(24);
        assertThat(images)
                .filteredOn(
                        image -> image.asked().revised().orElseThrow().outcome().equals("expanded"))
                .isNotEmpty()
                .allSatisfy(image -> assertThat(
                                image.asked().revised().orElseThrow().text())
                        .isNotEqualTo(image.asked().prompt()));
        String report = Files.readString(run.path().resolve("report/index.html"), StandardCharsets.UTF_8);
        assertThat(report)
                .contains("3 candidates an image")
                .contains("flattered")
                .contains("Prompts written out");
    }

    private Path manifest() throws IOException {
        try (InputStream in = BestOfCommandTest.class.getResourceAsStream("/small.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("edit-workflows/1", "stylised-art/1")
                    .replaceAll("(?m)^labels:.*\\n(  - .*\\n)*", "")
                    .replaceFirst("(?m)^(\\s+)steps: .*$", "$0\n$1best_of: 3\n$1prompt_upsampling: on");
            return Files.writeString(folder.resolve("best.yaml"), text);
        }
    }

    private RunFolder run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return RunFolder.open(runs.findFirst().orElseThrow());
        }
    }

    private static List<ImageRecord> images(RunFolder run) {
        try (Stream<ImageRecord> images = run.images()) {
            return images.toList();
        }
    }

    private static double adherence(Candidate candidate) {
        return candidate.judgement().orElseThrow().adherence();
    }

    private static Map<String, Double> adherence(RunFolder run) {
        Map<String, Double> scores = new HashMap<>();
        try (JsonlReader reader = JsonlReader.open(run.path().resolve("scores.jsonl"))) {
            reader.next();
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                JsonRecord score = line.get().json();
                if (score.text("scope").equals("image")
                        && score.text("metric").equals("adherence[touchstone-1]")
                        && score.text("status").equals("scored")) {
                    scores.put(score.text("id"), score.number("value"));
                }
            }
        }
        return scores;
    }
}
