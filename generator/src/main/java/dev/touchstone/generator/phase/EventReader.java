package dev.touchstone.generator.phase;

import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code events.jsonl} in constant memory. A request that a killed session left without an end is dropped; where a
 * later session made it again, the image records say which session counts.
 */
public final class EventReader {

    private EventReader() {}

    /**
     * Hands over every ended request, in the order in which they ended.
     *
     * @throws DataFileException if a line is not an event
     */
    public static void timelines(Path events, Consumer<RequestTimeline> each) {
        Map<String, Open> open = new HashMap<>();
        try (JsonlReader reader = JsonlReader.open(events)) {
            reader.next(); // schemaVersion and runId
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                JsonRecord event = line.get().json();
                if (event.has("startedAt")) {
                    open.clear();
                    continue;
                }
                String request = event.text("request");
                Phase phase = phase(event);
                long micros = Math.round(event.number("t") * 1e6);
                Open state = open.get(request);
                if (state == null) {
                    open.put(request, new Open(event.count("session"), request, micros, phase));
                } else if (event.has("attempt")) {
                    continue; // said within a phase, which goes on
                } else if (event.has("step")) {
                    state.step(micros);
                } else {
                    state.enter(phase, micros);
                    if (phase == Phase.COMPLETE || phase == Phase.FAILED) {
                        open.remove(request);
                        each.accept(state.timeline());
                    }
                }
            }
        }
    }

    private static Phase phase(JsonRecord event) {
        String id = event.text("phase");
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.id().equals(id))
                .findFirst()
                .orElseThrow(() -> event.wrong("phase", "the name of a phase", "\"" + id + "\""));
    }

    /** A request whose end was not read yet. */
    private static final class Open {

        private final int session;
        private final String request;
        private final long start;
        private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
        private final List<Double> steps = new ArrayList<>();
        private Phase phase;
        private long entered;
        private long stepFrom;
        private long generationEnd;

        Open(int session, String request, long start, Phase phase) {
            this.session = session;
            this.request = request;
            this.start = start;
            this.phase = phase;
            this.entered = start;
        }

        void enter(Phase next, long micros) {
            seconds.merge(phase, PhaseClock.seconds(micros - entered), Double::sum);
            boolean onlySaved = phase == Phase.SAVING && (next == Phase.COMPLETE || next == Phase.FAILED);
            generationEnd = onlySaved ? entered : micros;
            phase = next;
            entered = micros;
            stepFrom = micros;
        }

        void step(long micros) {
            steps.add(PhaseClock.seconds(micros - stepFrom));
            stepFrom = micros;
        }

        RequestTimeline timeline() {
            return new RequestTimeline(
                    session,
                    request,
                    PhaseClock.seconds(start),
                    PhaseClock.seconds(generationEnd),
                    PhaseClock.seconds(entered),
                    seconds,
                    steps,
                    phase);
        }
    }
}
