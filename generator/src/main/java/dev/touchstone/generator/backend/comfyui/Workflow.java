package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A workflow in API format: nodes by id, each with a class and inputs. Immutable. */
final class Workflow {

    private final ObjectNode nodes;

    private Workflow(ObjectNode nodes) {
        this.nodes = nodes;
    }

    /**
     * Reads a workflow's file.
     *
     * @throws DataFileException if it cannot be read, or is not in API format
     */
    static Workflow read(Path file) {
        ObjectNode root = Json.read(file).node();
        if (root.path("nodes").isArray()) {
            throw new DataFileException(
                    file + ": expected a workflow in API format, found one in the format of the editor."
                            + " Save it with \"Export (API)\" in ComfyUI's menu");
        }
        List<String> problems = new ArrayList<>();
        root.properties().forEach(entry -> {
            if (!entry.getValue().path("class_type").isTextual()
                    || !entry.getValue().path("inputs").isObject()) {
                problems.add(entry.getKey());
            }
        });
        if (root.isEmpty() || !problems.isEmpty()) {
            throw new DataFileException(
                    file + ": expected a workflow in API format, nodes with \"class_type\" and \"inputs\", found "
                            + (root.isEmpty() ? "none" : "none of them at " + String.join(", ", problems)));
        }
        return new Workflow(root);
    }

    /** Class of every node, by id. */
    SortedMap<String, String> classes() {
        SortedMap<String, String> classes = new TreeMap<>();
        nodes.properties()
                .forEach(entry -> classes.put(
                        entry.getKey(), entry.getValue().path("class_type").asText()));
        return Collections.unmodifiableSortedMap(classes);
    }

    /** Ids of nodes that have the id, or else of those with the title. */
    List<String> named(String idOrTitle) {
        if (nodes.has(idOrTitle)) {
            return List.of(idOrTitle);
        }
        List<String> titled = new ArrayList<>();
        nodes.properties().forEach(entry -> {
            if (entry.getValue().path("_meta").path("title").asText("").equals(idOrTitle)) {
                titled.add(entry.getKey());
            }
        });
        return titled;
    }

    /** Names of a node's inputs. */
    List<String> inputs(String id) {
        List<String> names = new ArrayList<>();
        nodes.path(id).path("inputs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What an input is: a value, or a link to another node's output. */
    JsonNode input(String id, String input) {
        return nodes.path(id).path("inputs").path(input);
    }

    /** A copy to fill in, without what editors add. */
    ObjectNode graph() {
        ObjectNode copy = nodes.deepCopy();
        copy.forEach(node -> ((ObjectNode) node).remove("_meta"));
        return copy;
    }
}
