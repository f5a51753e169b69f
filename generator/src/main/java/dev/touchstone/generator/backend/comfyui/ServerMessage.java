package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server says over its WebSocket of one prompt, with the moment at which it arrived. Messages of other kinds are none. */
sealed interface ServerMessage {

    /** When it arrived, on the clock of {@link System#nanoTime}. */
    long nanos();

    /** Whose job it is about. */
    String promptId();

    /** @param serverMillis wall clock of the server */
    record Started(long nanos, String promptId, long serverMillis) implements ServerMessage {}

    /** Nodes whose results are kept from an earlier job. */
    record Cached(long nanos, String promptId, List<String> nodes, long serverMillis) implements ServerMessage {
        public Cached {
            nodes = List.copyOf(nodes);
        }
    }

    /** @param node that is worked on from now; empty where the job is over */
    record Executing(long nanos, String promptId, Optional<String> node) implements ServerMessage {}

    /** A step of a node has ended. */
    record Progress(long nanos, String promptId, String node, long value, long max) implements ServerMessage {}

    /** What every node is doing that has begun. */
    record States(long nanos, String promptId, Map<String, NodeState> nodes) implements ServerMessage {
        public States {
            nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        }
    }

    /** Files of a node. */
    record Executed(long nanos, String promptId, String node, List<ServerFile> files) implements ServerMessage {
        public Executed {
            files = List.copyOf(files);
        }
    }

    /** An unfinished picture. */
    record Preview(long nanos, String promptId) implements ServerMessage {}

    /** @param words what went wrong; empty where nothing did */
    record Ended(long nanos, String promptId, Ending ending, long serverMillis, String words)
            implements ServerMessage {}

    /** The connection broke: messages may be missing. */
    record Lost(long nanos, String promptId) implements ServerMessage {}

    /** How a job ends. */
    enum Ending {
        SUCCESS,
        ERROR,
        INTERRUPTED
    }

    /**
     * What a node is doing.
     *
     * @param state {@code running}, {@code finished}, {@code error} or another word of the server's
     * @param value steps done
     * @param max steps in all
     * @param loading whether it waits for weights
     * @param realNode the node of the workflow that it stands for
     */
    record NodeState(String state, long value, long max, boolean loading, String realNode) {}

    /** A file as a server names it. */
    record ServerFile(String name, String subfolder, String type) {
        @Override
        public String toString() {
            return type + "/" + (subfolder.isEmpty() ? "" : subfolder + "/") + name;
        }
    }

    /** A text message; empty where it is about no prompt or of a kind that says nothing here. */
    static Optional<ServerMessage> parse(long nanos, String text) {
        return ServerJson.parse(text)
                .flatMap(json -> parse(nanos, json.path("type").asText(), json.path("data")));
    }

    /** A text message that is parsed already. */
    static Optional<ServerMessage> parse(long nanos, String type, JsonNode data) {
        String id = data.path("prompt_id").asText("");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        long millis = data.path("timestamp").asLong();
        return switch (type) {
            case "execution_start" -> Optional.of(new Started(nanos, id, millis));
            case "execution_cached" -> Optional.of(new Cached(nanos, id, texts(data.path("nodes")), millis));
            case "executing" -> Optional.of(new Executing(nanos, id, text(data, "node")));
            case "progress" ->
                Optional.of(new Progress(
                        nanos,
                        id,
                        data.path("node").asText(""),
                        data.path("value").asLong(),
                        data.path("max").asLong()));
            case "progress_state" -> Optional.of(new States(nanos, id, states(data.path("nodes"))));
            case "executed" ->
                Optional.of(new Executed(nanos, id, data.path("node").asText(""), files(data.path("output"))));
            case "execution_success" -> Optional.of(new Ended(nanos, id, Ending.SUCCESS, millis, ""));
            case "execution_interrupted" ->
                Optional.of(new Ended(nanos, id, Ending.INTERRUPTED, millis, "interrupted on the server" + at(data)));
            case "execution_error" -> Optional.of(new Ended(nanos, id, Ending.ERROR, millis, error(data)));
            default -> Optional.empty();
        };
    }

    /** The picture files in an {@code output} of a node. */
    static List<ServerFile> files(JsonNode output) {
        List<ServerFile> files = new ArrayList<>();
        for (JsonNode image : output.path("images")) {
            files.add(new ServerFile(
                    image.path("filename").asText(""),
                    image.path("subfolder").asText(""),
                    image.path("type").asText("output")));
        }
        return files;
    }

    /** An error's words: the node, the kind of exception and its message; never its traceback or inputs. */
    static String error(JsonNode data) {
        return Said.line(data.path("exception_type").asText("error") + ": "
                        + data.path("exception_message").asText(""))
                + at(data);
    }

    private static String at(JsonNode data) {
        return text(data, "node_id")
                .map(id -> " at node " + Said.line(id) + " ("
                        + Said.line(data.path("node_type").asText("")) + ")")
                .orElse("");
    }

    private static Map<String, NodeState> states(JsonNode nodes) {
        Map<String, NodeState> states = new LinkedHashMap<>();
        nodes.properties()
                .forEach(entry -> states.put(
                        entry.getKey(),
                        new NodeState(
                                entry.getValue().path("state").asText(""),
                                entry.getValue().path("value").asLong(),
                                entry.getValue().path("max").asLong(),
                                "loading"
                                        .equals(entry.getValue()
                                                .path("activity")
                                                .asText("")),
                                text(entry.getValue(), "real_node_id").orElse(entry.getKey()))));
        return states;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText("")));
        return texts;
    }

    private static Optional<String> text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }
}
