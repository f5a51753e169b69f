package dev.touchstone.eval.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.trial.SweepPoint.Ranged;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.Optional;

/** A setting of a sweep as JSON, both ways. */
final class SweepPointJson {

    private SweepPointJson() {}

    static ObjectNode write(SweepPoint point) {
        ObjectNode json = Json.object()
                .put("precision", point.setting().precision())
                .put("steps", point.setting().steps())
                .put("guidance", point.setting().guidance())
                .put("images", point.images());
        json.set("adherence", ranged(point.adherence()));
        json.put("fid", point.fid());
        json.set("kid", ranged(point.kid()));
        point.lpips().ifPresent(lpips -> json.set("lpips", ranged(lpips)));
        return json.put("secondsPerImage", point.secondsPerImage());
    }

    private static ObjectNode ranged(Ranged ranged) {
        return Json.object()
                .put("value", ranged.value())
                .put("low", ranged.low())
                .put("high", ranged.high());
    }

    static SweepPoint read(JsonRecord json) {
        return new SweepPoint(
                new SweepPlan.Setting(json.text("precision"), json.count("steps"), json.number("guidance")),
                json.count("images"),
                ranged(json.object("adherence")),
                json.number("fid"),
                ranged(json.object("kid")),
                json.has("lpips") ? Optional.of(ranged(json.object("lpips"))) : Optional.empty(),
                json.number("secondsPerImage"));
    }

    private static Ranged ranged(JsonRecord json) {
        return new Ranged(json.number("value"), json.number("low"), json.number("high"));
    }
}
