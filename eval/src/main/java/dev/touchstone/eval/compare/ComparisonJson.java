package dev.touchstone.eval.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.Comparison.Side;
import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.metric.Direction;
import java.util.List;
import java.util.Locale;

/** A comparison as JSON, in the form of {@code docs/schema/comparison-1.json}. */
public final class ComparisonJson {

    /** The version of the form. */
    public static final int SCHEMA_VERSION = 1;

    private ComparisonJson() {}

    /** The whole comparison; the same comparison gives the same bytes. */
    public static ObjectNode of(Comparison comparison) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.set("base", side(comparison.base()));
        json.set("candidate", side(comparison.candidate()));
        json.set("conditions", conditions(comparison.conditions()));
        json.putObject("coverage")
                .put("prompts", comparison.coverage().prompts())
                .put("baseOnly", comparison.coverage().baseOnly())
                .put("candidateOnly", comparison.coverage().candidateOnly())
                .put("images", comparison.coverage().images())
                .put("identical", comparison.coverage().identical());
        ArrayNode cohorts = json.putArray("cohorts");
        comparison.cohorts().forEach(cohort -> cohorts.add(cohort(cohort)));
        ArrayNode rules = json.putArray("falseWins");
        comparison
                .falseWins()
                .forEach(win -> rules.addObject()
                        .put("id", win.id())
                        .put("severity", win.severity().id())
                        .put("evidence", win.evidence())
                        .put("remedy", win.remedy()));
        json.put("suspect", comparison.suspect());
        return json;
    }

    private static ObjectNode side(Side side) {
        return Json.object()
                .put("runId", side.run().value())
                .put("imagesDigest", side.imagesDigest())
                .put("hardwareClass", side.hardwareClass());
    }

    private static ObjectNode conditions(Conditions conditions) {
        ObjectNode json = Json.object();
        json.put("kind", conditions.kind().id());
        json.put("headline", conditions.headline());
        changes(json.putArray("variables"), conditions.variables());
        changes(json.putArray("incomparable"), conditions.incomparable());
        changes(json.putArray("irrelevant"), conditions.irrelevant());
        conditions.allowed().forEach(json.putArray("allowed")::add);
        return json;
    }

    private static void changes(ArrayNode json, List<Conditions.Change> changes) {
        changes.forEach(change -> json.addObject()
                .put("name", change.name())
                .put("base", change.base())
                .put("candidate", change.candidate()));
    }

    private static ObjectNode cohort(CohortDifferences cohort) {
        ObjectNode json = Json.object();
        json.put("axis", cohort.cohort().axis());
        json.put("id", cohort.cohort().label());
        json.put("prompts", cohort.prompts());
        ArrayNode differences = json.putArray("differences");
        cohort.differences().forEach(difference -> differences.add(difference(difference)));
        return json;
    }

    private static ObjectNode difference(Difference difference) {
        ObjectNode json = Json.object();
        json.put("metric", difference.metric());
        json.put("use", difference.use().name().toLowerCase(Locale.ROOT));
        if (difference instanceof Unmeasured none) {
            json.put("status", "unmeasured");
            json.put("prompts", none.prompts());
            json.put("reason", none.reason());
            return json;
        }
        Measured measured = (Measured) difference;
        json.put("status", "measured");
        json.put("unit", measured.unit());
        measured.direction()
                .ifPresent(way -> json.put("direction", way == Direction.LOWER_IS_BETTER ? "lower" : "higher"));
        json.put("base", measured.base());
        json.put("candidate", measured.candidate());
        json.put("difference", measured.difference());
        measured.interval().ifPresent(interval -> interval(json, interval));
        json.put("change", measured.change().name().toLowerCase(Locale.ROOT));
        json.put("method", measured.method());
        json.put("prompts", measured.prompts());
        json.put("images", measured.images());
        return json;
    }

    /** An unbounded side is null. */
    private static void interval(ObjectNode json, Interval interval) {
        ArrayNode bounds = json.putArray("interval");
        for (double bound : new double[] {interval.lower(), interval.upper()}) {
            if (Double.isInfinite(bound)) {
                bounds.addNull();
            } else {
                bounds.add(bound);
            }
        }
        json.put("level", interval.level());
    }
}
