package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A request as a task: one line of JSON that says everything, both ways. */
final class TaskLine {

    private TaskLine() {}

    static String write(PlannedRequest request) {
        ObjectNode json = Json.object();
        json.set("prompt", PromptLine.json(request.record()));
        json.put("seed", request.seed());
        ObjectNode settings = json.putObject("settings");
        request.settings().sampler().ifPresent(sampler -> settings.put("sampler", sampler));
        request.settings().steps().ifPresent(steps -> settings.put("steps", steps));
        request.settings().guidance().ifPresent(guidance -> settings.put("guidance", guidance));
        request.edit().ifPresent(edit -> {
            ObjectNode node = json.putObject("edit");
            node.put("mode", edit.mode().name().toLowerCase(Locale.ROOT));
            write(edit.input(), node.putObject("input"));
            write(edit.mask(), node.putObject("mask"));
            node.put("strength", edit.strength()).put("instruction", edit.instruction());
        });
        return Json.line(json);
    }

    static PlannedRequest read(JsonRecord json) {
        PromptRecord record = PromptLine.read(json.object("prompt"));
        JsonRecord settings = json.object("settings");
        return new PlannedRequest(
                record.prompt(),
                record.pack(),
                record.widthPixels(),
                record.heightPixels(),
                record.images(),
                json.integer("seed"),
                new SamplingSettings(
                        settings.optionalText("sampler"),
                        settings.has("steps") ? OptionalInt.of(settings.count("steps")) : OptionalInt.empty(),
                        settings.has("guidance")
                                ? OptionalDouble.of(settings.number("guidance"))
                                : OptionalDouble.empty()),
                json.has("edit") ? Optional.of(edit(json.object("edit"))) : Optional.empty());
    }

    private static EditReference edit(JsonRecord edit) {
        return new EditReference(
                EditMode.valueOf(edit.text("mode").toUpperCase(Locale.ROOT)),
                file(edit.object("input")),
                file(edit.object("mask")),
                edit.number("strength"),
                edit.text("instruction"));
    }

    private static void write(FileReference file, ObjectNode json) {
        json.put("path", file.path()).put("sha256", file.sha256());
    }

    private static FileReference file(JsonRecord json) {
        return new FileReference(json.text("path"), json.text("sha256"));
    }
}
