package dev.touchstone.generator.prompt;

import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one prompt of a pack. */
final class PromptReader {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final StrictSection line;

    PromptReader(StrictSection line) {
        this.line = line;
    }

    /** The prompt; empty if it lacks what every prompt needs, and then there are problems. */
    Optional<Prompt> read() {
        Optional<String> id = line.required("id")
                .text(ID, "an id of a-z, 0-9 and -, at most 80 characters, starting with a letter or digit");
        Optional<String> text = text(line.required("text"));
        String negative = optionalText(line.optional("negative"));
        SortedMap<CohortAxis, String> labels = labels();
        Optional<Rotation> rotation = line.required("rotation").choice(byName(Rotation.values()));
        SortedMap<Attribute, String> asks = asks();
        StrictValue edit = line.optional("edit");
        Optional<EditSpec> spec = edit.section().flatMap(PromptReader::edit);
        line.noOtherKeys();
        if (id.isEmpty()
                || text.isEmpty()
                || rotation.isEmpty()
                || labels.size() < CohortAxis.values().length
                || edit.isPresent() && spec.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Prompt(new PromptId(id.get()), text.get(), negative, labels, rotation.get(), asks, spec));
    }

    private SortedMap<CohortAxis, String> labels() {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        line.required(CohortAxis.WORKFLOW.id())
                .choice(Stream.of(Workflow.values()).map(Workflow::id).toList())
                .ifPresent(value -> labels.put(CohortAxis.WORKFLOW, value));
        line.required(CohortAxis.STYLE_FAMILY.id())
                .text(NAME, "a name of 1 to 40 characters a-z, 0-9 and -")
                .ifPresent(value -> labels.put(CohortAxis.STYLE_FAMILY, value));
        StrictValue size = line.required(CohortAxis.RESOLUTION_CLASS.id());
        size.text().ifPresent(value -> {
            if (ResolutionClass.of(value).isPresent()) {
                labels.put(CohortAxis.RESOLUTION_CLASS, value);
            } else {
                size.problem(ResolutionClass.FORM, "");
            }
        });
        line.required(CohortAxis.USER_TYPE.id())
                .choice(UserType.byId().keySet())
                .ifPresent(value -> labels.put(CohortAxis.USER_TYPE, value));
        return labels;
    }

    private SortedMap<Attribute, String> asks() {
        SortedMap<Attribute, String> asks = new TreeMap<>();
        line.optional("asks").section().ifPresent(section -> {
            for (Attribute attribute : Attribute.values()) {
                section.optional(attribute.id())
                        .choice(attribute.choices())
                        .ifPresent(choice -> asks.put(attribute, choice));
            }
            section.noOtherKeys();
        });
        return asks;
    }

    private static Optional<EditSpec> edit(StrictSection section) {
        Optional<EditMode> mode = section.required("mode").choice(byName(EditMode.values()));
        Optional<String> pair = section.required("pair").text(NAME, "the name of an edit pair, such as edit-0001");
        Optional<String> instruction = text(section.required("instruction"));
        section.noOtherKeys();
        return mode.isPresent() && pair.isPresent() && instruction.isPresent()
                ? Optional.of(new EditSpec(mode.get(), pair.get(), instruction.get()))
                : Optional.empty();
    }

    private static Optional<String> text(StrictValue value) {
        Optional<String> text = value.text();
        Optional<String> problem = text.flatMap(PromptText::problem);
        problem.ifPresent(why -> value.problem(PromptText.expected(), why));
        return problem.isPresent() ? Optional.empty() : text;
    }

    private static String optionalText(StrictValue value) {
        String text = value.text().orElse("");
        PromptText.problemOfOptional(text).ifPresent(why -> value.problem(PromptText.expected(), why));
        return text;
    }

    static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return names;
    }
}
