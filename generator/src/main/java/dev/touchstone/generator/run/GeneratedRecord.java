package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.file.Json;
import dev.touchstone.generator.file.JsonRecord;

/**
 * The closing record of the generate stage: {@code generated.json}.
 *
 * @param runId whose
 * @param requests number of requests
 * @param counts of images by what became of them
 * @param imagesDigest SHA-256 of {@code images.jsonl}
 */
public record GeneratedRecord(RunId runId, int requests, Counts counts, String imagesDigest) {

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
        json.put("imagesDigest", imagesDigest);
        return Json.pretty(json);
    }

    static GeneratedRecord read(JsonRecord json) {
        return new GeneratedRecord(
                HeaderFile.runId(json),
                json.count("requests"),
                new Counts(
                        json.count("complete"), json.count("failed"), json.count("moderated"), json.count("missing")),
                json.text("imagesDigest"));
    }
}
