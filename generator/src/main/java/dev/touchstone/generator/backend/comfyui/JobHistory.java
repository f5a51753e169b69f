package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ended;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ending;
import dev.touchstone.generator.backend.comfyui.ServerMessage.ServerFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a server remembers of a job that has ended. */
final class JobHistory {

    /** A job enters the history after its last message; longer than this it never took where it was seen. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private JobHistory() {}

    /**
     * Waits for a job's entry: not for one of an earlier job with its id, whose start is another.
     *
     * @param startedMillis server's time of the job's start; 0 where it is not known
     * @return empty if there is none after five seconds
     */
    static Optional<JsonNode> of(ComfyUiServer server, String promptId, long startedMillis) {
        long until = System.nanoTime() + WAIT.toNanos();
        for (long pause = 5; ; pause = Math.min(2 * pause, 250)) {
            Optional<JsonNode> entry =
                    server.history(promptId).filter(history -> startedMillis == 0 || startedAt(history, startedMillis));
            if (entry.isPresent() || System.nanoTime() > until) {
                return entry;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BackendException(Kind.CANCELLED, "comfyui: this thread is to stop", e);
            }
        }
    }

    static boolean startedAt(JsonNode history, long startedMillis) {
        List<Long> starts = new ArrayList<>();
        for (JsonNode message : history.path("status").path("messages")) {
            if (message.path(0).asText("").equals("execution_start")) {
                starts.add(message.path(1).path("timestamp").asLong());
            }
        }
        return starts.isEmpty() || starts.contains(startedMillis);
    }

    /** How the job ended, as if it was heard now. */
    static Ended end(String promptId, JsonNode history) {
        for (JsonNode message : history.path("status").path("messages")) {
            Optional<ServerMessage> parsed =
                    ServerMessage.parse(System.nanoTime(), message.path(0).asText(""), message.path(1));
            if (parsed.isPresent() && parsed.get() instanceof Ended ended) {
                return ended;
            }
        }
        boolean success = history.path("status").path("status_str").asText("").equals("success");
        return new Ended(
                System.nanoTime(), promptId, success ? Ending.SUCCESS : Ending.ERROR, 0, success ? "" : "an error");
    }

    /** Files by output node. */
    static Map<String, List<ServerFile>> files(JsonNode history) {
        Map<String, List<ServerFile>> files = new LinkedHashMap<>();
        history.path("outputs")
                .properties()
                .forEach(entry -> files.put(entry.getKey(), ServerMessage.files(entry.getValue())));
        return files;
    }
}
