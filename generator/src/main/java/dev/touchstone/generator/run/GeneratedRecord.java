package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The closing record of the generate stage: {@code generated.json}.
 *
 * @param runId whose
 * @param requests number of requests
 * @param counts of images by what became of them
 * @param revisedPrompts number of requests by what became of their prompt; empty where prompts are not revised
 * @param imagesDigest SHA-256 of {@code images.jsonl}
 */
public record GeneratedRecord(
        RunId runId, int requests, Counts counts, SortedMap<String, Integer> revisedPrompts, String imagesDigest) {

    public GeneratedRecord {
        revisedPrompts = Collections.unmodifiableSortedMap(new TreeMap<>(revisedPrompts));
    }

    /** Images by status. */
    public record Counts(int complete, int failed, int moderated, int missing) {

        /** All images that were asked for. */
        public int images() {
            return complete + failed + moderated + missing;
        }
    }

    String write() {
        ObjectNode json = Json.object();
        json.put("schemaVersion", RunFolder.SCHEMA_VERSION);
        json.put("runId", runId.value());
        json.put("requests", requests);
        json.put("images", counts.images());
        json.put("complete", counts.complete());
        json.put("failed", counts.failed());
        json.put("moderated", counts.moderated());
        json.put("missing", counts.missing());
        if (!revisedPrompts.isEmpty()) {
            ObjectNode revised = json.putObject("revisedPrompts");
            revisedPrompts.forEach(revised::put);
        }
        json.put("imagesDigest", imagesDigest);
        return Json.pretty(json);
    }

    static GeneratedRecord read(JsonRecord json) {
        SortedMap<String, Integer> revised = new TreeMap<>();
        if (json.has("revisedPrompts")) {
            JsonRecord counts = json.object("revisedPrompts");
            counts.node().fieldNames().forEachRemaining(outcome -> revised.put(outcome, counts.count(outcome)));
        }
        return new GeneratedRecord(
                HeaderFile.runId(json),
                json.count("requests"),
                new Counts(
                        json.count("complete"), json.count("failed"), json.count("moderated"), json.count("missing")),
                revised,
                json.text("imagesDigest"));
    }
}
