package dev.touchstone.generator.phase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.file.JsonlWriter;
import dev.touchstone.metrics.file.JsonlWriter.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes {@code events.jsonl} of one session. A request holds its events back until it ends, so that logging costs nothing while
 * the model works. Thread-safe: requests that run at once write their lines one request after another.
 */
public final class EventLog implements AutoCloseable {

    private final JsonlWriter writer;
    private final PhaseClock clock;
    private final int session;

    private EventLog(JsonlWriter writer, PhaseClock clock, int session) {
        this.writer = writer;
        this.clock = clock;
        this.session = session;
    }

    /**
     * Opens the log and begins the next session.
     *
     * @param firstLine written if the file does not exist yet
     * @param startedAt wall clock of the session's start
     */
    public static EventLog open(Path file, String firstLine, PhaseClock clock, Instant startedAt) {
        JsonlWriter writer = JsonlWriter.open(file, firstLine);
        EventLog log = new EventLog(writer, clock, sessions(file) + 1);
        ObjectNode line = Json.object();
        line.put("session", log.session);
        line.put("startedAt", startedAt.toString());
        log.append(Json.line(line) + '\n');
        return log;
    }

    /** Number of sessions a log holds; 0 if the file does not exist. */
    public static int sessions(Path file) {
        if (!Files.exists(file)) {
            return 0;
        }
        int sessions = 0;
        try (JsonlReader reader = JsonlReader.open(file)) {
            for (Optional<String> line = reader.nextText(); line.isPresent(); line = reader.nextText()) {
                if (line.get().contains("\"startedAt\":")) {
                    sessions++;
                }
            }
        }
        return sessions;
    }

    /** This session's number, from 1. */
    public int session() {
        return session;
    }

    /** Begins a request in a phase. */
    public RequestPhases begin(String request, Phase first) {
        return new RequestPhases(this, clock, request, first);
    }

    @Override
    public void close() {
        writer.close();
    }

    /** Hands lines of a request to the operating system, whole. */
    synchronized void append(CharSequence lines) {
        writer.append(lines, Durability.PROCESS);
    }
}
