package dev.touchstone.eval.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Collects the lines of {@code scores.jsonl} and writes them as a whole. */
final class ScoreWriter {

    private final List<String> lines = new ArrayList<>();

    /** Whether the file exists and was made from the same things. */
    static boolean isCurrent(Path file, ObjectNode firstLine) {
        if (!Files.exists(file)) {
            return false;
        }
        try (JsonlReader reader = JsonlReader.open(file)) {
            return reader.nextText().equals(java.util.Optional.of(Json.line(firstLine)));
        }
    }

    /**
     * A number.
     *
     * @param detail further numbers, such as which attributes were found
     * @param interval empty, or lower and upper bound
     */
    void scored(
            Scope scope,
            String metric,
            double value,
            long n,
            List<Double> interval,
            SortedMap<String, Double> detail,
            String method) {
        ObjectNode line = start(scope, metric, "scored");
        line.put("value", value);
        line.put("n", n);
        if (!interval.isEmpty()) {
            interval.forEach(line.putArray("interval")::add);
        }
        if (!detail.isEmpty()) {
            ObjectNode node = line.putObject("detail");
            detail.forEach(node::put);
        }
        if (!method.isEmpty()) {
            line.put("method", method);
        }
        lines.add(Json.line(line));
    }

    /** A picture's adherence: share, found attributes, and what was seen instead of those not found. */
    void adherence(
            String imageId,
            String metric,
            double share,
            SortedMap<String, Double> found,
            Map<String, String> seenInstead) {
        ObjectNode line = start(Scope.image(imageId), metric, "scored");
        line.put("value", share);
        line.put("n", found.size());
        ObjectNode detail = line.putObject("detail");
        found.forEach(detail::put);
        if (!seenInstead.isEmpty()) {
            ObjectNode seen = line.putObject("seen");
            seenInstead.forEach(seen::put);
        }
        lines.add(Json.line(line));
    }

    /** No number, and why. */
    void unscored(Scope scope, String metric, String reason, long n) {
        ObjectNode line = start(scope, metric, "unscored");
        line.put("n", n);
        line.put("reason", reason);
        lines.add(Json.line(line));
    }

    void write(Path file, ObjectNode firstLine) {
        StringBuilder text = new StringBuilder(Json.line(firstLine)).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        try {
            AtomicFile.write(file, text.toString());
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a file that can be written, found " + e, e);
        }
    }

    private static ObjectNode start(Scope scope, String metric, String status) {
        ObjectNode line = Json.object();
        line.put("scope", scope.kind());
        line.put("id", scope.id());
        if (!scope.axis().isEmpty()) {
            line.put("axis", scope.axis());
        }
        line.put("metric", metric);
        line.put("status", status);
        return line;
    }

    /**
     * What a line is about.
     *
     * @param kind {@code image, prompt} or {@code cohort}
     * @param id of the image or prompt, or label of the cohort
     * @param axis of the cohort, else empty
     */
    record Scope(String kind, String id, String axis) {

        static Scope image(String id) {
            return new Scope("image", id, "");
        }

        static Scope prompt(String id) {
            return new Scope("prompt", id, "");
        }

        static Scope cohort(String axis, String label) {
            return new Scope("cohort", label, axis);
        }
    }
}
