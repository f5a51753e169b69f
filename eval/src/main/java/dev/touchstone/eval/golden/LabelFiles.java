package dev.touchstone.eval.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.document.JsonLines;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.scene.EditKind;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code labels.jsonl} and {@code edits.jsonl}, written and read strictly. */
final class LabelFiles {

    static final String LABELS = "labels.jsonl";
    static final String EDITS = "edits.jsonl";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private LabelFiles() {}

    static String labels(List<GoldenImage> images) {
        StringBuilder lines = new StringBuilder();
        for (GoldenImage image : images) {
            ObjectNode line = JSON.createObjectNode();
            line.put("file", image.file()).put("workflow", image.workflow());
            attributes(line, "attributes", image.attributes());
            line.put("caption", image.caption()).put("scene", image.scene());
            append(lines, line);
        }
        return lines.toString();
    }

    static String edits(List<GoldenEdit> edits) {
        StringBuilder lines = new StringBuilder();
        for (GoldenEdit edit : edits) {
            ObjectNode line = JSON.createObjectNode();
            line.put("pair", edit.pair()).put("kind", edit.kind());
            line.put("instruction", edit.instruction()).put("caption", edit.caption());
            attributes(line, "before", edit.before());
            attributes(line, "after", edit.after());
            append(lines, line);
        }
        return lines.toString();
    }

    private static void attributes(ObjectNode line, String key, SortedMap<Attribute, String> attributes) {
        ObjectNode values = line.putObject(key);
        attributes.forEach((attribute, value) -> values.put(attribute.id(), value));
    }

    private static void append(StringBuilder lines, ObjectNode line) {
        try {
            lines.append(JSON.writeValueAsString(line)).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<GoldenImage> readLabels(Path folder, Problems problems) {
        List<GoldenImage> images = new ArrayList<>();
        Set<String> files = new HashSet<>();
        for (StrictSection line : JsonLines.read(folder.resolve(LABELS), problems)) {
            StrictValue file = line.required("file");
            GoldenImage image = new GoldenImage(
                    file.text().orElse(""),
                    line.required("workflow")
                            .choice(Stream.of(Workflow.values())
                                    .map(Workflow::id)
                                    .toList())
                            .orElse(""),
                    attributes(line.required("attributes")),
                    line.required("caption").text().orElse(""),
                    line.required("scene").text().orElse(""));
            if (file.isPresent() && !DigestList.isInside(image.file())) {
                file.problem("a path inside the dataset", "");
            } else if (!files.add(image.file())) {
                file.problem("each file once", "");
            }
            line.noOtherKeys();
            images.add(image);
        }
        return images;
    }

    static List<GoldenEdit> readEdits(Path folder, Problems problems) {
        List<GoldenEdit> edits = new ArrayList<>();
        Set<String> pairs = new HashSet<>();
        for (StrictSection line : JsonLines.read(folder.resolve(EDITS), problems)) {
            StrictValue pair = line.required("pair");
            GoldenEdit edit = new GoldenEdit(
                    pair.text(NAME, "a name of 1 to 40 characters a-z, 0-9 and -")
                            .orElse(""),
                    line.required("kind")
                            .choice(Stream.of(EditKind.values())
                                    .map(EditKind::id)
                                    .toList())
                            .orElse(""),
                    line.required("instruction").text().orElse(""),
                    line.required("caption").text().orElse(""),
                    attributes(line.required("before")),
                    attributes(line.required("after")));
            if (!pairs.add(edit.pair())) {
                pair.problem("each pair once", "");
            }
            line.noOtherKeys();
            edits.add(edit);
        }
        return edits;
    }

    private static SortedMap<Attribute, String> attributes(StrictValue value) {
        SortedMap<Attribute, String> read = new TreeMap<>();
        value.section().ifPresent(section -> {
            for (Attribute attribute : Attribute.values()) {
                section.optional(attribute.id())
                        .choice(attribute.choices())
                        .ifPresent(choice -> read.put(attribute, choice));
            }
            section.noOtherKeys();
        });
        return read;
    }
}
