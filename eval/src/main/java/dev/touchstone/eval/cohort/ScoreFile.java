package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cohort.ScoreLine.Scope;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.metric.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code scores.jsonl} as far as summaries need it. */
record ScoreFile(Optional<String> imagesDigest, List<ScoreLine> lines) {

    private static final double USUAL_LEVEL = 0.95;

    static Path path(RunFolder folder) {
        return folder.path().resolve("scores.jsonl");
    }

    /**
     * The scores of a run; none if there is no file yet.
     *
     * @throws DataFileException if a line is no score, or the file was written by a newer version
     */
    static ScoreFile read(RunFolder folder) {
        Path file = path(folder);
        List<ScoreLine> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return new ScoreFile(Optional.empty(), lines);
        }
        try (JsonlReader reader = JsonlReader.open(file)) {
            JsonRecord first = reader.next()
                    .map(JsonlReader.Line::json)
                    .orElseThrow(() -> new DataFileException(file + ": expected scores, found an empty file"));
            RunFolder.checkVersion(first);
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line(line.get().json()));
            }
            return new ScoreFile(Optional.of(first.text("imagesDigest")), lines);
        }
    }

    private static ScoreLine line(JsonRecord json) {
        Scope scope = switch (json.text("scope")) {
            case "image" -> Scope.IMAGE;
            case "prompt" -> Scope.PROMPT;
            case "cohort" -> Scope.COHORT;
            default -> throw json.wrong("scope", "image, prompt or cohort", json.text("scope"));
        };
        String metric = json.text("metric");
        String axis = scope == Scope.COHORT ? json.optionalText("axis").orElse(CohortKey.OVERALL.axis()) : "";
        SortedMap<String, Double> detail = new TreeMap<>();
        json.node().path("detail").properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                detail.put(entry.getKey(), entry.getValue().doubleValue());
            }
        });
        return new ScoreLine(scope, axis, json.text("id"), metric, new SetFigure(figure(json, metric), detail));
    }

    private static Figure figure(JsonRecord json, String metric) {
        long n = json.has("n") ? json.integer("n") : 0;
        String status = json.text("status");
        if (status.equals("unscored")) {
            return Figure.Unscored.because(json.text("reason"), n);
        }
        if (!status.equals("scored")) {
            throw json.wrong("status", "scored or unscored", status);
        }
        return new Figure.Known(
                json.number("value"),
                json.optionalText("unit").orElse("1"),
                direction(json, metric),
                n,
                interval(json),
                json.optionalText("method").orElse("as scored"));
    }

    private static Optional<Direction> direction(JsonRecord json, String metric) {
        return switch (json.optionalText("direction").orElse("")) {
            case "lower" -> Optional.of(Direction.LOWER_IS_BETTER);
            case "higher" -> Optional.of(Direction.HIGHER_IS_BETTER);
            default -> ScoreLine.direction(metric);
        };
    }

    private static Optional<Interval> interval(JsonRecord json) {
        var bounds = json.node().path("interval");
        if (bounds.size() != 2 || !bounds.get(0).isNumber() || !bounds.get(1).isNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Interval(
                    bounds.get(0).doubleValue(),
                    bounds.get(1).doubleValue(),
                    json.has("level") ? json.number("level") : USUAL_LEVEL));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(json.place() + ": " + e.getMessage(), e);
        }
    }
}
