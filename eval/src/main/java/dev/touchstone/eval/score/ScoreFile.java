package dev.touchstone.eval.score;

import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.metric.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code scores.jsonl} as a whole: the one writer and the one reader of it.
 *
 * @param header what the scores were computed from
 * @param lines in file order
 */
public record ScoreFile(ScoreHeader header, List<ScoreLine> lines) {

    public ScoreFile {
        lines = List.copyOf(lines);
    }

    /** Where the scores of a run are. */
    public static Path path(RunFolder folder) {
        return folder.path().resolve("scores.jsonl");
    }

    /**
     * The scores of a run; empty if it is not scored yet.
     *
     * @throws DataFileException if a line is no score, or the file was written by a newer version
     */
    public static Optional<ScoreFile> read(RunFolder folder) {
        Path file = path(folder);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ScoreLineJson form = new ScoreLineJson(Metrics.installed());
        try (JsonlReader reader = JsonlReader.open(file)) {
            ScoreHeader header = header(reader, file);
            List<ScoreLine> lines = new ArrayList<>();
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(form.read(line.get().json()));
            }
            return Optional.of(new ScoreFile(header, lines));
        }
    }

    /** Whether the scores of a run are there and were computed from the same things. */
    static boolean isCurrent(RunFolder folder, ScoreHeader wanted) {
        Path file = path(folder);
        if (!Files.exists(file)) {
            return false;
        }
        try (JsonlReader reader = JsonlReader.open(file)) {
            return header(reader, file).equals(wanted);
        }
    }

    private static ScoreHeader header(JsonlReader reader, Path file) {
        return reader.next()
                .map(JsonlReader.Line::json)
                .map(ScoreHeader::read)
                .orElseThrow(() -> new DataFileException(file + ": expected scores, found an empty file"));
    }

    /**
     * Puts the scores into a run's folder, in place of those of before.
     *
     * @throws DataFileException if the file cannot be written
     */
    public void write(RunFolder folder) {
        StringBuilder text = new StringBuilder(Json.line(header.json())).append('\n');
        lines.forEach(line -> text.append(Json.line(ScoreLineJson.write(line))).append('\n'));
        try {
            AtomicFile.write(path(folder), text.toString());
        } catch (IOException e) {
            throw new DataFileException(
                    path(folder) + ": expected a file that can be written, found " + IoReason.of(e), e);
        }
    }
}
