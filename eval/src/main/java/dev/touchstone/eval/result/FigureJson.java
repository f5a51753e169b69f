package dev.touchstone.eval.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** A figure as JSON, both ways. An unbounded side of an interval is {@code null}. */
final class FigureJson {

    private FigureJson() {}

    static ObjectNode write(Figure figure) {
        ObjectNode json = Json.object();
        if (figure instanceof Figure.Known known) {
            json.put("status", "scored").put("value", known.value()).put("unit", known.unit());
            known.direction().ifPresent(direction -> json.put("direction", direction(direction)));
            json.put("n", known.n());
            known.interval().ifPresent(interval -> {
                ArrayNode bounds = json.putArray("interval");
                bound(bounds, interval.lower());
                bound(bounds, interval.upper());
                json.put("level", interval.level());
            });
            json.put("method", known.method());
        } else if (figure instanceof Figure.AtLeast least) {
            json.put("status", "at-least").put("bound", least.bound()).put("unit", least.unit());
            least.direction().ifPresent(direction -> json.put("direction", direction(direction)));
            json.put("n", least.n()).put("level", least.level()).put("method", least.method());
        } else if (figure instanceof Figure.Unscored unscored) {
            json.put("status", "unscored").put("reason", unscored.reason()).put("n", unscored.n());
            unscored.needed().ifPresent(needed -> json.put("needed", needed));
        }
        return json;
    }

    static Figure read(JsonRecord json) {
        try {
            return switch (json.text("status")) {
                case "scored" ->
                    new Figure.Known(
                            json.number("value"),
                            json.text("unit"),
                            direction(json),
                            json.integer("n"),
                            interval(json),
                            json.text("method"));
                case "at-least" ->
                    new Figure.AtLeast(
                            json.number("bound"),
                            json.text("unit"),
                            direction(json),
                            json.integer("n"),
                            json.number("level"),
                            json.text("method"));
                case "unscored" ->
                    new Figure.Unscored(
                            json.text("reason"),
                            json.integer("n"),
                            json.has("needed") ? Optional.of(json.integer("needed")) : Optional.empty());
                default -> throw json.wrong("status", "scored, at-least or unscored", json.text("status"));
            };
        } catch (IllegalArgumentException e) {
            throw new DataFileException(json.place() + ": " + e.getMessage(), e);
        }
    }

    private static void bound(ArrayNode bounds, double value) {
        if (Double.isInfinite(value)) {
            bounds.addNull();
        } else {
            bounds.add(value);
        }
    }

    private static Optional<Interval> interval(JsonRecord json) {
        JsonNode bounds = json.node().path("interval");
        if (bounds.isMissingNode()) {
            return Optional.empty();
        }
        if (!bounds.isArray() || bounds.size() != 2) {
            throw json.wrong("interval", "two bounds", bounds);
        }
        double lower = bounds.get(0).isNull()
                ? Double.NEGATIVE_INFINITY
                : bounds.get(0).asDouble();
        double upper = bounds.get(1).isNull()
                ? Double.POSITIVE_INFINITY
                : bounds.get(1).asDouble();
        return Optional.of(new Interval(lower, upper, json.number("level")));
    }

    private static String direction(Direction direction) {
        return direction == Direction.LOWER_IS_BETTER ? "lower" : "higher";
    }

    private static Optional<Direction> direction(JsonRecord json) {
        if (!json.has("direction")) {
            return Optional.empty();
        }
        return switch (json.text("direction")) {
            case "lower" -> Optional.of(Direction.LOWER_IS_BETTER);
            case "higher" -> Optional.of(Direction.HIGHER_IS_BETTER);
            default -> throw json.wrong("direction", "lower or higher", json.text("direction"));
        };
    }
}
