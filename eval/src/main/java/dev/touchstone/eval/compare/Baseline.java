package dev.touchstone.eval.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that was pinned as what went before: its name, and by what it is known again.
 *
 * @param name {@code [a-z0-9][a-z0-9-]{0,39}}
 * @param run its id
 * @param folder where it lay, relative to the project where it lies in it
 * @param files SHA-256 of its files by name; pictures are held through {@code images.jsonl}
 * @param prompts how many it covers
 * @param images how many complete pictures it has
 * @param pinnedAt when
 */
public record Baseline(
        String name,
        RunId run,
        Path folder,
        SortedMap<String, String> files,
        int prompts,
        int images,
        Instant pinnedAt) {

    static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

    private static final int SCHEMA_VERSION = 1;

    /** @throws BaselineException if the name has another form */
    public Baseline {
        requireName(name);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw new BaselineException("baseline: expected a name of a-z, 0-9 and -, found \"" + name + "\"");
        }
    }

    /** What the baseline is, wherever it lies: SHA-256 over the names and digests of its files. */
    public String content() {
        StringBuilder text = new StringBuilder();
        files.forEach(
                (file, digest) -> text.append(file).append(' ').append(digest).append('\n'));
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    String write() {
        ObjectNode json = Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("name", name)
                .put("content", content())
                .put("runId", run.value())
                .put("folder", folder.toString().replace('\\', '/'))
                .put("prompts", prompts)
                .put("images", images)
                .put("pinnedAt", pinnedAt.toString());
        ObjectNode digests = json.putObject("files");
        files.forEach(digests::put);
        return Json.pretty(json);
    }

    /** @throws DataFileException if the file is no baseline, is of a newer version, or was edited by hand */
    static Baseline read(Path file) {
        JsonRecord json = Json.read(file);
        long version = json.integer("schemaVersion");
        if (version > SCHEMA_VERSION) {
            throw json.wrong("schemaVersion", "at most " + SCHEMA_VERSION, version + ", of a newer Touchstone");
        }
        try {
            Baseline baseline = new Baseline(
                    json.text("name"),
                    new RunId(json.text("runId")),
                    Path.of(json.text("folder")),
                    json.object("files").texts(),
                    json.count("prompts"),
                    json.count("images"),
                    Instant.parse(json.text("pinnedAt")));
            if (!baseline.content().equals(json.text("content"))) {
                throw json.wrong("content", baseline.content() + " as its files say", json.text("content"));
            }
            return baseline;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DataFileException(file + ": " + e.getMessage(), e);
        }
    }
}
