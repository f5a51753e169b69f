package dev.touchstone.eval.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scores of a file were computed from; they are current while this is the same.
 *
 * @param runId whose pictures
 * @param imagesDigest of {@code images.jsonl}
 * @param network that read the pictures
 * @param golden dataset that they were measured against
 * @param metrics names, in the order of the lines
 * @param slices cohort axes, those of a cross joined by {@code x} in blanks
 * @param method version of the way of scoring; files without it are of 1
 */
public record ScoreHeader(
        RunId runId,
        String imagesDigest,
        Network network,
        Golden golden,
        List<String> metrics,
        List<String> slices,
        int method) {

    /** The way in which this program scores: raised when unchanged pictures get other numbers, so that older scores are made again. */
    public static final int METHOD = 4;

    /** In place of {@link #METHOD}: numbers are missing because an engine failed its self-check, so they are to be scored again. */
    public static final int INCOMPLETE = 0;

    public ScoreHeader {
        metrics = List.copyOf(metrics);
        slices = List.copyOf(slices);
    }

    /** Name, digest of the weights and preprocessing of a feature network. */
    public record Network(String name, String weightsDigest, String preprocessing) {}

    /** A golden dataset as {@code id/version}, and its digest. */
    public record Golden(String release, String digest) {}

    ObjectNode json() {
        ObjectNode line = Json.object();
        line.put("schemaVersion", RunFolder.SCHEMA_VERSION);
        line.put("runId", runId.value());
        line.put("imagesDigest", imagesDigest);
        line.put("extractor", network.name());
        line.put("weightsDigest", network.weightsDigest());
        line.put("preprocessing", network.preprocessing());
        line.put("golden", golden.release());
        line.put("goldenDigest", golden.digest());
        metrics.forEach(line.putArray("metrics")::add);
        slices.forEach(line.putArray("slices")::add);
        line.put("method", method);
        return line;
    }

    static ScoreHeader read(JsonRecord json) {
        RunFolder.checkVersion(json);
        return new ScoreHeader(
                new RunId(json.text("runId")),
                json.text("imagesDigest"),
                new Network(json.text("extractor"), json.text("weightsDigest"), json.text("preprocessing")),
                new Golden(json.text("golden"), json.text("goldenDigest")),
                texts(json, "metrics"),
                texts(json, "slices"),
                json.has("method") ? json.count("method") : 1);
    }

    private static List<String> texts(JsonRecord json, String key) {
        List<String> texts = new ArrayList<>();
        json.node().path(key).forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
