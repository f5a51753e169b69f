package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A line of {@code prompts.jsonl}, both ways. */
final class PromptLine {

    private PromptLine() {}

    static String write(PromptRecord record) {
        return Json.line(json(record));
    }

    static ObjectNode json(PromptRecord record) {
        Prompt prompt = record.prompt();
        ObjectNode json = Json.object();
        json.put("promptId", prompt.id().value());
        json.put("pack", record.pack());
        json.put("text", prompt.text());
        json.put("negative", prompt.negative());
        ObjectNode labels = json.putObject("labels");
        prompt.labels().forEach((axis, label) -> labels.put(axis.id(), label));
        json.put("rotation", name(prompt.rotation()));
        ObjectNode asks = json.putObject("asks");
        prompt.asks().forEach((attribute, value) -> asks.put(attribute.id(), value));
        prompt.edit()
                .ifPresent(edit -> json.putObject("edit")
                        .put("mode", name(edit.mode()))
                        .put("pair", edit.pair())
                        .put("instruction", edit.instruction()));
        json.put("widthPixels", record.widthPixels());
        json.put("heightPixels", record.heightPixels());
        json.put("images", record.images());
        return json;
    }

    static PromptRecord read(JsonRecord json) {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        json.object("labels")
                .texts()
                .forEach((id, label) ->
                        labels.put(named(json, "labels", id, CohortAxis.values(), CohortAxis::id), label));
        SortedMap<Attribute, String> asks = new TreeMap<>();
        json.object("asks")
                .texts()
                .forEach((id, value) -> asks.put(named(json, "asks", id, Attribute.values(), Attribute::id), value));
        Prompt.Rotation rotation =
                named(json, "rotation", json.text("rotation"), Prompt.Rotation.values(), PromptLine::name);
        Optional<EditSpec> edit = Optional.empty();
        if (json.has("edit")) {
            JsonRecord of = json.object("edit");
            edit = Optional.of(new EditSpec(
                    named(of, "mode", of.text("mode"), EditSpec.EditMode.values(), PromptLine::name),
                    of.text("pair"),
                    of.text("instruction")));
        }
        try {
            return new PromptRecord(
                    new Prompt(
                            new PromptId(json.text("promptId")),
                            json.text("text"),
                            json.text("negative"),
                            labels,
                            rotation,
                            asks,
                            edit),
                    json.text("pack"),
                    json.count("widthPixels"),
                    json.count("heightPixels"),
                    json.count("images"));
        } catch (IllegalArgumentException e) {
            throw new RunFolderException(json.place() + ": " + e.getMessage(), e);
        }
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E> E named(
            JsonRecord json, String key, String found, E[] all, java.util.function.Function<E, String> id) {
        return Arrays.stream(all)
                .filter(each -> id.apply(each).equals(found))
                .findFirst()
                .orElseThrow(() -> json.wrong(
                        key,
                        "one of " + Arrays.stream(all).map(id).collect(Collectors.joining(", ")),
                        "\"" + found + "\""));
    }
}
