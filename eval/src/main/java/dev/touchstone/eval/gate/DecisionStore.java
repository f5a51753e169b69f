package dev.touchstone.eval.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.gate.Decision.CohortConclusion;
import dev.touchstone.eval.gate.Decision.Conclusion;
import dev.touchstone.eval.gate.Decision.Lead;
import dev.touchstone.eval.gate.Decision.Option;
import dev.touchstone.eval.gate.Decision.Route;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.List;

/** {@code decision.json}: what was decided, on what, and everything needed to decide it again. */
public final class DecisionStore {

    /** Version of the form that is written. */
    public static final int SCHEMA_VERSION = 1;

    /** Name of the file in a run folder. */
    public static final String FILE = "decision.json";

    private DecisionStore() {}

    /** @throws DataFileException if it cannot be written; an old file stays */
    public static void write(Decision decision, Path file) {
        try {
            AtomicFile.write(file, text(decision));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to write it, found " + e, e);
        }
    }

    /**
     * The inputs of a recorded decision.
     *
     * @throws DataFileException if the file is no decision, or was written by a newer version
     */
    public static GateInputs inputs(Path file) {
        JsonRecord json = Json.read(file);
        long version = json.integer("schemaVersion");
        if (version != SCHEMA_VERSION) {
            throw json.wrong("schemaVersion", SCHEMA_VERSION + "; a newer Touchstone wrote it", version);
        }
        try {
            return InputsJson.read(json);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new DataFileException(file + ": " + e.getMessage(), e);
        }
    }

    /** The file's contents; the same decision gives the same bytes everywhere. */
    public static String text(Decision decision) {
        return Json.pretty(json(decision));
    }

    static ObjectNode json(Decision decision) {
        GateInputs inputs = decision.inputs();
        ObjectNode json = Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("runId", inputs.runs().candidate())
                .put("baselineRunId", inputs.runs().baseline());
        json.putObject("sources")
                .put("imagesDigest", inputs.runs().candidateDigest())
                .put("baselineImagesDigest", inputs.runs().baselineDigest());
        put(json, decision.overall());
        texts(json, "notices", decision.notices());
        json.put("trade", decision.trade());
        ArrayNode cohorts = json.putArray("cohorts");
        for (CohortConclusion cohort : decision.cohorts()) {
            ObjectNode one = cohorts.addObject();
            InputsJson.cohort(one, cohort.cohort());
            put(one, cohort.conclusion());
        }
        ArrayNode rules = json.putArray("rules");
        for (RuleVerdict verdict : decision.rules()) {
            ObjectNode one = rules.addObject().put("rule", verdict.rule());
            InputsJson.cohort(one, verdict.cohort());
            one.put("role", verdict.role().id())
                    .put("verdict", verdict.verdict().id())
                    .put("adjustedBreaks", verdict.adjustedBreaks())
                    .put("qBetter", verdict.better())
                    .put("qWorse", verdict.worse())
                    .put("sentence", verdict.sentence())
                    .put("change", verdict.change())
                    .put("overridden", verdict.overridden());
        }
        ArrayNode routes = json.putArray("routes");
        for (Route route : decision.routes()) {
            ObjectNode one = routes.addObject();
            InputsJson.cohort(one, route.cohort());
            route.choice().ifPresent(choice -> one.put("choice", choice));
            one.put("reason", route.reason());
            ArrayNode options = one.putArray("options");
            for (Option option : route.options()) {
                ObjectNode own = options.addObject()
                        .put("run", option.run())
                        .put("onFront", option.onFront())
                        .put("withinLimits", option.withinLimits());
                own.set("profile", InputsJson.write(option.profile()));
            }
        }
        ArrayNode leads = json.putArray("investigate");
        for (Lead lead : decision.leads()) {
            ObjectNode one = leads.addObject().put("symptom", lead.symptom());
            texts(one, "look", lead.look());
            one.put("evidence", lead.evidence());
        }
        json.set("inputs", InputsJson.write(inputs));
        return json;
    }

    private static void put(ObjectNode json, Conclusion conclusion) {
        json.put("verdict", conclusion.verdict().id())
                .put("action", conclusion.action().id());
        texts(json, "reasons", conclusion.reasons());
        texts(json, "change", conclusion.change());
    }

    private static void texts(ObjectNode json, String key, List<String> texts) {
        ArrayNode array = json.putArray(key);
        texts.forEach(array::add);
    }
}
