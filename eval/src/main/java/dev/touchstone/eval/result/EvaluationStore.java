package dev.touchstone.eval.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.eval.result.Evaluation.AgreementOn;
import dev.touchstone.eval.result.Evaluation.Conditions;
import dev.touchstone.eval.result.Evaluation.Labelling;
import dev.touchstone.eval.result.Evaluation.Overhead;
import dev.touchstone.eval.result.Evaluation.Prices;
import dev.touchstone.eval.result.Evaluation.Sources;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes {@code evaluation.json} of a run; its schema is {@code docs/schema/evaluation-1.json}. */
public final class EvaluationStore {

    /** Version of the format that this program writes, and the newest that it reads. */
    public static final int SCHEMA_VERSION = 1;

    private final Path file;

    public EvaluationStore(RunFolder folder) {
        this.file = folder.path().resolve("evaluation.json");
    }

    /** Where the evaluation is, or would be. */
    public Path file() {
        return file;
    }

    /** @throws DataFileException if it cannot be written; the old file stays */
    public void write(Evaluation evaluation) {
        try {
            AtomicFile.write(file, Json.pretty(json(evaluation)));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to write it, found " + e, e);
        }
    }

    /**
     * The evaluation; empty if there is none yet.
     *
     * @throws DataFileException if the file is no evaluation, or was written by a newer version
     */
    public Optional<Evaluation> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonRecord json = Json.read(file);
        long version = json.integer("schemaVersion");
        if (version < 1 || version > SCHEMA_VERSION) {
            throw new DataFileException(file + ": expected schemaVersion in [1, " + SCHEMA_VERSION + "], found "
                    + version + ". A newer Touchstone wrote it; use that one, or delete the file and summarize again.");
        }
        return Optional.of(evaluation(json));
    }

    static ObjectNode json(Evaluation evaluation) {
        ObjectNode json = Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("runId", evaluation.runId().value());
        Sources sources = evaluation.sources();
        ObjectNode digests =
                json.putObject("sources").put("imagesDigest", sources.images()).put("eventsDigest", sources.events());
        sources.scores().ifPresent(digest -> digests.put("scoresDigest", digest));
        sources.labels().ifPresent(digest -> digests.put("labelsDigest", digest));
        digests.put("settingsDigest", sources.settings());
        Conditions conditions = evaluation.conditions();
        ObjectNode held = json.putObject("conditions")
                .put("pricePerHour", conditions.prices().pricePerHour())
                .put("feePerImage", conditions.prices().feePerImage())
                .put("currency", conditions.prices().currency())
                .put("level", conditions.level())
                .put("replicates", conditions.replicates())
                .put("seed", conditions.seed());
        ArrayNode axes = held.putArray("axes");
        conditions.axes().forEach(axes::add);
        Overhead overhead = evaluation.overhead();
        json.putObject("overhead")
                .put("loadingSeconds", overhead.loadingSeconds())
                .put("warmUpSeconds", overhead.warmUpSeconds())
                .put("warmUpRequests", overhead.warmUpRequests())
                .put("cost", overhead.cost());
        json.set("labelling", json(evaluation.labelling()));
        ArrayNode cohorts = json.putArray("cohorts");
        evaluation.cohorts().forEach(cohort -> cohorts.add(CohortJson.write(cohort)));
        return json;
    }

    private static ObjectNode json(Labelling labelling) {
        LabelCounts counts = labelling.counts();
        ObjectNode json = Json.object()
                .put("current", counts.current())
                .put("superseded", counts.superseded())
                .put("stale", counts.stale())
                .put("matchedByFingerprint", counts.matchedByFingerprint())
                .put("verdicts", counts.verdicts())
                .put("ties", counts.ties())
                .put("reviewers", labelling.reviewers())
                .put("judgedImages", labelling.judgedImages());
        ArrayNode agreements = json.putArray("agreements");
        for (AgreementOn agreement : labelling.agreements()) {
            ObjectNode one = agreements.addObject().put("question", agreement.question());
            one.set("alpha", FigureJson.write(agreement.alpha()));
            one.set("ac1", FigureJson.write(agreement.ac1()));
        }
        return json;
    }

    private static Evaluation evaluation(JsonRecord json) {
        JsonRecord sources = json.object("sources");
        JsonRecord conditions = json.object("conditions");
        JsonRecord overhead = json.object("overhead");
        List<String> axes = new ArrayList<>();
        conditions.node().path("axes").forEach(axis -> axes.add(axis.asText()));
        return new Evaluation(
                runId(json),
                new Sources(
                        sources.text("imagesDigest"),
                        sources.text("eventsDigest"),
                        sources.optionalText("scoresDigest"),
                        sources.optionalText("labelsDigest"),
                        sources.text("settingsDigest")),
                new Conditions(
                        new Prices(
                                conditions.number("pricePerHour"),
                                conditions.number("feePerImage"),
                                conditions.text("currency")),
                        conditions.number("level"),
                        conditions.count("replicates"),
                        conditions.integer("seed"),
                        axes),
                new Overhead(
                        overhead.number("loadingSeconds"),
                        overhead.number("warmUpSeconds"),
                        overhead.count("warmUpRequests"),
                        overhead.number("cost")),
                labelling(json.object("labelling")),
                json.objects("cohorts").stream().map(CohortJson::read).toList());
    }

    private static Labelling labelling(JsonRecord json) {
        return new Labelling(
                new LabelCounts(
                        json.count("current"),
                        json.count("superseded"),
                        json.count("stale"),
                        json.count("matchedByFingerprint"),
                        json.count("verdicts"),
                        json.count("ties")),
                json.count("reviewers"),
                json.count("judgedImages"),
                json.objects("agreements").stream()
                        .map(one -> new AgreementOn(
                                one.text("question"),
                                FigureJson.read(one.object("alpha")),
                                FigureJson.read(one.object("ac1"))))
                        .toList());
    }

    private static RunId runId(JsonRecord json) {
        try {
            return new RunId(json.text("runId"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("runId", "a run id", json.text("runId"));
        }
    }
}
