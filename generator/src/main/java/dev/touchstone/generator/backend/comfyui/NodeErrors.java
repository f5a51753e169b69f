package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a server found wrong with a workflow, in words without its tracebacks. */
final class NodeErrors {

    private NodeErrors() {}

    /** Everything that an answer to {@code POST /prompt} complains of, in one line; empty if nothing. */
    static String words(JsonNode answer) {
        List<String> words = new ArrayList<>();
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            words.add(Said.line(
                    error.path("type").asText("") + ": " + error.path("message").asText("") + " "
                            + error.path("details").asText("")));
        } else if (error.isTextual()) {
            words.add(Said.line(error.asText()));
        }
        answer.path("node_errors").properties().forEach(entry -> {
            String node = "node " + Said.line(entry.getKey()) + " ("
                    + Said.line(entry.getValue().path("class_type").asText("")) + "): ";
            for (JsonNode one : entry.getValue().path("errors")) {
                String details = one.path("details").asText("");
                words.add(node
                        + Said.line(one.path("message").asText("") + (details.isEmpty() ? "" : " (" + details + ")")));
            }
        });
        return String.join("; ", words);
    }

    /** Ids of output nodes that will bring nothing, because they or what they depend on is wrong. */
    static Set<String> failedOutputs(JsonNode answer) {
        Set<String> failed = new TreeSet<>();
        answer.path("node_errors")
                .properties()
                .forEach(entry ->
                        entry.getValue().path("dependent_outputs").forEach(output -> failed.add(output.asText(""))));
        return failed;
    }
}
