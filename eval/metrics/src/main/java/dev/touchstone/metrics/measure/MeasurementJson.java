package dev.touchstone.metrics.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.metric.Score.Scored;
import dev.touchstone.metrics.metric.Score.Unscored;
import java.util.List;

/** A measurement as the JSON object that {@code touchstone measure --json} prints. */
public final class MeasurementJson {

    private MeasurementJson() {}

    /** Keys in a fixed order; what does not apply is left out. */
    public static ObjectNode of(Measurement measurement) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("metric", measurement.score().metric().metric());
        if (measurement.score() instanceof Scored scored) {
            json.put("value", scored.value());
            json.putArray("n").add(scored.n().generated()).add(scored.n().reference());
            json.put("method", scored.method());
            scored.interval()
                    .ifPresent(interval -> json.putObject("interval")
                            .put("low", interval.low())
                            .put("high", interval.high())
                            .put("level", interval.level())
                            .put("method", interval.method()));
        } else if (measurement.score() instanceof Unscored unscored) {
            json.put("unscored", unscored.reason());
        }
        measurement.parts().forEach(json::put);
        measurement.provenance().features().ifPresent(value -> json.put("features", value));
        measurement.provenance().weightsDigest().ifPresent(value -> json.put("weightsDigest", value));
        measurement.provenance().recipe().ifPresent(value -> json.put("recipe", value));
        if (!measurement.pairs().isEmpty()) {
            ArrayNode values = json.putArray("values");
            measurement.pairs().forEach(pair -> {
                ObjectNode node = values.addObject().put("name", pair.name());
                pair.value().ifPresent(value -> node.put("value", value));
            });
        }
        if (!measurement.unreadable().isEmpty()) {
            ArrayNode unreadable = json.putArray("unreadable");
            measurement
                    .unreadable()
                    .forEach(image -> unreadable
                            .addObject()
                            .put("file", image.file().toString())
                            .put("reason", image.reason()));
        }
        if (!measurement.leftOut().isEmpty()) {
            json.set("leftOut", leftOut(measurement.leftOut()));
        }
        if (!measurement.warnings().isEmpty()) {
            measurement.warnings().forEach(json.putArray("warnings")::add);
        }
        json.put("seconds", measurement.time().toMillis() / 1000.0);
        return json;
    }

    /** What was left out of folders: folder, reason, count and the first files of each. */
    public static ArrayNode leftOut(List<LeftOut> leftOut) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (LeftOut left : leftOut) {
            ObjectNode node = all.addObject()
                    .put("folder", left.folder().toString())
                    .put("reason", left.reason().id())
                    .put("count", left.count());
            left.names().forEach(node.putArray("files")::add);
        }
        return all;
    }
}
