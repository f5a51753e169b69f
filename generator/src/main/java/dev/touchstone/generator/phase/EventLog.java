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
 * Writes {@code events.jsonl} of one session. Events are held back and handed to the operating system when the request
 * ends, so that logging costs nothing while the model works.
 */
public final class EventLog implements AutoCloseable {

    private final JsonlWriter writer;
    private final PhaseClock clock;
    private final int session;
    private final StringBuilder pending = new StringBuilder();

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
        log.pending.append(Json.line(line)).append('\n');
        log.flush();
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

    /** Hands everything that was held back to the operating system. */
    public void flush() {
        writer.append(pending, Durability.PROCESS);
        pending.setLength(0);
    }

    @Override
    public void close() {
        try {
            flush();
        } finally {
            writer.close();
        }
    }

    void event(long micros, String request, int batch, Phase phase) {
        start(micros, request, batch, phase).append("}\n");
    }

    void step(long micros, String request, int batch, int step) {
        start(micros, request, batch, Phase.SAMPLING)
                .append(",\"step\":")
                .append(step)
                .append("}\n");
    }

    void failed(long micros, String request, int batch, String reason) {
        start(micros, request, batch, Phase.FAILED)
                .append(",\"reason\":")
                .append(Json.line(Json.text(reason)))
                .append("}\n");
    }

    // Written by hand: hundreds of thousands of lines with nothing to escape but a request name of [a-z0-9~-].
    private StringBuilder start(long micros, String request, int batch, Phase phase) {
        return pending.append("{\"session\":")
                .append(session)
                .append(",\"t\":")
                .append(micros / 1_000_000)
                .append('.')
                .append(Long.toString(1_000_000 + micros % 1_000_000), 1, 7)
                .append(",\"request\":\"")
                .append(request)
                .append("\",\"batch\":")
                .append(batch)
                .append(",\"phase\":\"")
                .append(phase.id())
                .append('"');
    }
}
