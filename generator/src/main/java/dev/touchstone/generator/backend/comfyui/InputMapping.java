package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.document.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Which inputs of which nodes hold what a manifest asks for. Immutable. */
final class InputMapping {

    private final Map<Field, List<NodeInput>> inputs;

    private InputMapping(Map<Field, List<NodeInput>> inputs) {
        this.inputs = Collections.unmodifiableMap(inputs);
    }

    /** Every field, in no input: what a workflow that is not known yet could take. */
    static InputMapping everything() {
        Map<Field, List<NodeInput>> inputs = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            inputs.put(field, List.of());
        }
        return new InputMapping(inputs);
    }

    /** What a manifest can ask for. */
    enum Field {
        PROMPT,
        NEGATIVE_PROMPT,
        SEED,
        STEPS,
        SAMPLER,
        GUIDANCE,
        WIDTH,
        HEIGHT,
        BATCH_SIZE,
        EDIT_STRENGTH,
        IMAGE,
        MASK;

        /** The key in {@code serving.options.inputs}. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All keys. */
        static List<String> keys() {
            return Arrays.stream(values()).map(Field::key).toList();
        }
    }

    /** One input of a node. */
    record NodeInput(String node, String input) {}

    /**
     * Reads a mapping.
     *
     * @param entries by key of a field: {@code node.input}, or several with commas; a node is named by its id or its title
     * @param problems takes what is wrong, a sentence each
     */
    static InputMapping read(Map<String, String> entries, Workflow workflow, List<String> problems) {
        Map<Field, List<NodeInput>> inputs = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            if (entries.containsKey(field.key())) {
                inputs.put(field, inputs(field, entries.get(field.key()), workflow, problems));
            }
        }
        if (!inputs.containsKey(Field.PROMPT)) {
            problems.add("inputs: expected the key prompt, such as \"6.text\", found none");
        }
        if (inputs.containsKey(Field.WIDTH) != inputs.containsKey(Field.HEIGHT)) {
            problems.add("inputs: expected both of width and height, or none, found one");
        }
        if (inputs.containsKey(Field.MASK) && !inputs.containsKey(Field.IMAGE)) {
            problems.add("inputs: expected image where there is mask, found none");
        }
        return new InputMapping(inputs);
    }

    private static List<NodeInput> inputs(Field field, String text, Workflow workflow, List<String> problems) {
        List<NodeInput> found = new ArrayList<>();
        for (String part : text.split(",")) {
            String target = part.strip();
            int dot = target.lastIndexOf('.');
            String name = dot < 1 ? target : target.substring(0, dot);
            String input = dot < 1 ? "" : target.substring(dot + 1);
            List<String> nodes = workflow.named(name);
            String place = "inputs." + field.key() + ": expected ";
            if (nodes.size() != 1) {
                problems.add(place + "the id or the only title of a node before the last dot, found \"" + name
                        + "\", which " + nodes.size() + " nodes have. The nodes are " + nodes(workflow));
            } else if (!workflow.inputs(nodes.get(0)).contains(input)) {
                List<String> names = workflow.inputs(nodes.get(0));
                problems.add(place + "an input of node " + nodes.get(0) + " (" + String.join(", ", names)
                        + "), found \"" + input + "\". " + NearestName.hint(input, names));
            } else if (workflow.input(nodes.get(0), input).isArray()) {
                problems.add(place + "an input with a value, found that node " + nodes.get(0) + " takes " + input
                        + " from another node; name that node's input");
            } else {
                found.add(new NodeInput(nodes.get(0), input));
            }
        }
        return List.copyOf(found);
    }

    private static String nodes(Workflow workflow) {
        SortedMap<String, String> classes = workflow.classes();
        return classes.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Whether the workflow takes it. */
    boolean takes(Field field) {
        return inputs.containsKey(field);
    }

    /** Puts a value in every input of a field that is mapped. */
    void fill(ObjectNode graph, Field field, JsonNode value) {
        for (NodeInput input : inputs.getOrDefault(field, List.of())) {
            ((ObjectNode) graph.path(input.node()).path("inputs")).set(input.input(), value);
        }
    }
}
