package dev.touchstone.generator.backend.comfyui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a real server said, line by line with its time in seconds: recordings that this project made of ComfyUI 0.3.64 and 0.33.0.
 * They lie beside the checkout, in {@code shared/data/recordings}; tests skip where they are not.
 */
record Recording(List<JsonNode> lines) {

    static Recording of(String name) throws IOException {
        Optional<Path> file = find(name);
        assumeTrue(file.isPresent(), "skipped: the recording " + name + " is not beside this checkout");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file.get())) {
            lines.add(ServerJson.parse(line).orElseThrow());
        }
        return new Recording(lines);
    }

    private static Optional<Path> find(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data/recordings").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The exchange under a note, up to the next note. */
    Recording part(String note) {
        List<JsonNode> part = new ArrayList<>();
        boolean within = false;
        for (JsonNode line : lines) {
            if (line.path("kind").asText().equals("note")) {
                within = line.path("text").asText().equals(note);
            } else if (within) {
                part.add(line);
            }
        }
        return new Recording(part);
    }

    /** The HTTP exchanges of a path, as far as it begins like this. */
    List<JsonNode> http(String method, String path) {
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals("http")
                        && line.path("method").asText().equals(method)
                        && line.path("path").asText().startsWith(path))
                .toList();
    }

    static long nanos(JsonNode line) {
        return Math.round(line.path("t").asDouble() * 1e9);
    }

    /** Everything that was said over the WebSocket about a prompt. */
    List<ServerMessage> messages(String promptId) {
        List<ServerMessage> messages = new ArrayList<>();
        for (JsonNode line : lines) {
            if (line.path("kind").asText().equals("ws")) {
                ServerMessage.parse(nanos(line), line.path("type").asText(), line.path("data"))
                        .filter(message -> message.promptId().equals(promptId))
                        .ifPresent(messages::add);
            }
        }
        return messages;
    }
}
