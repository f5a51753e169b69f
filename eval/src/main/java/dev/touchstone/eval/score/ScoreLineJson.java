package dev.touchstone.eval.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Metrics;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The form of a line. Lines of before, which do not say direction, unit, level or method, get them from the metric. */
final class ScoreLineJson {

    /** Level of all intervals before lines named it. */
    private static final double LEVEL_OF_BEFORE = 0.95;

    private static final String METHOD_OF_BEFORE = "as scored";

    private final Metrics metrics;

    ScoreLineJson(Metrics metrics) {
        this.metrics = metrics;
    }

    static ObjectNode write(ScoreLine line) {
        ObjectNode json = Json.object();
        json.put("scope", line.subject().level().id());
        json.put("id", line.subject().id());
        if (line.subject() instanceof Subject.OfCohort cohort) {
            json.put("axis", cohort.cohort().axis());
        }
        json.put("metric", line.metric().toString());
        line.direction().ifPresent(way -> json.put("direction", way == Direction.LOWER_IS_BETTER ? "lower" : "higher"));
        json.put("unit", line.unit());
        json.put("status", line.known().isPresent() ? "scored" : "unscored");
        line.known().ifPresent(known -> json.put("value", known.value()));
        json.put("n", line.figure().n());
        line.known()
                .ifPresent(known -> known.interval().ifPresent(interval -> {
                    json.putArray("interval").add(interval.lower()).add(interval.upper());
                    json.put("level", interval.level());
                }));
        if (!line.detail().isEmpty()) {
            ObjectNode detail = json.putObject("detail");
            line.detail().forEach(detail::put);
        }
        if (!line.seen().isEmpty()) {
            ObjectNode seen = json.putObject("seen");
            line.seen().forEach(seen::put);
        }
        line.known().ifPresent(known -> json.put("method", known.method()));
        if (line.figure() instanceof Figure.Unscored none) {
            json.put("reason", none.reason());
        }
        return json;
    }

    ScoreLine read(JsonRecord json) {
        try {
            MetricId id = MetricId.parse(json.text("metric"));
            Optional<Metric> metric = metrics.find(id.metric());
            Optional<Direction> direction = direction(json, metric);
            String unit =
                    json.optionalText("unit").orElse(metric.map(Metric::unit).orElse("1"));
            return new ScoreLine(
                    subject(json), id, direction, unit, figure(json, direction, unit), detail(json), seen(json));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(json.place() + ": " + e.getMessage(), e);
        }
    }

    private static Subject subject(JsonRecord json) {
        String id = json.text("id");
        return switch (json.text("scope")) {
            case "image" -> new Subject.OfImage(ImageId.parse(id));
            case "prompt" -> new Subject.OfPrompt(new PromptId(id));
            case "cohort" ->
                new Subject.OfCohort(CohortKey.parse(json.optionalText("axis").orElse(CohortKey.OVERALL.axis()), id));
            default -> throw json.wrong("scope", "image, prompt or cohort", json.text("scope"));
        };
    }

    private static Optional<Direction> direction(JsonRecord json, Optional<Metric> metric) {
        Optional<String> text = json.optionalText("direction");
        if (text.isEmpty()) {
            return metric.map(Metric::direction);
        }
        return Optional.of(
                switch (text.get()) {
                    case "lower" -> Direction.LOWER_IS_BETTER;
                    case "higher" -> Direction.HIGHER_IS_BETTER;
                    default -> throw json.wrong("direction", "lower or higher", text.get());
                });
    }

    private static Figure figure(JsonRecord json, Optional<Direction> direction, String unit) {
        long n = json.has("n") ? json.integer("n") : 0;
        return switch (json.text("status")) {
            case "unscored" -> Figure.Unscored.because(json.text("reason"), n);
            case "scored" ->
                new Figure.Known(
                        json.number("value"),
                        unit,
                        direction,
                        n,
                        interval(json),
                        json.optionalText("method").orElse(METHOD_OF_BEFORE));
            default -> throw json.wrong("status", "scored or unscored", json.text("status"));
        };
    }

    private static Optional<Interval> interval(JsonRecord json) {
        if (!json.has("interval")) {
            return Optional.empty();
        }
        JsonNode bounds = json.node().get("interval");
        if (bounds.size() != 2 || !bounds.get(0).isNumber() || !bounds.get(1).isNumber()) {
            throw json.wrong("interval", "a lower and an upper bound", bounds);
        }
        return Optional.of(new Interval(
                bounds.get(0).doubleValue(),
                bounds.get(1).doubleValue(),
                json.has("level") ? json.number("level") : LEVEL_OF_BEFORE));
    }

    private static SortedMap<String, Double> detail(JsonRecord json) {
        SortedMap<String, Double> detail = new TreeMap<>();
        json.node().path("detail").properties().forEach(entry -> {
            if (!entry.getValue().isNumber()) {
                throw json.wrong("detail", "numbers", entry.getValue());
            }
            detail.put(entry.getKey(), entry.getValue().doubleValue());
        });
        return detail;
    }

    private static SortedMap<String, String> seen(JsonRecord json) {
        return json.has("seen") ? json.object("seen").texts() : new TreeMap<>();
    }
}
