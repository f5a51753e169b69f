package dev.touchstone.generator.phase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;

/**
 * The phases of one running request. One phase ends where the next begins, so they cannot overlap and their sum is the
 * time from begin to end. Events are held back until the end, or until {@link #flush}. Used from one thread.
 */
public final class RequestPhases implements PhaseObserver {

    private final EventLog log;
    private final PhaseClock clock;
    private final String request;
    private final long startMicros;
    private final StringBuilder pending = new StringBuilder();
    private Phase phase;
    private int batch;
    private long last;

    RequestPhases(EventLog log, PhaseClock clock, String request, Phase first) {
        this.log = log;
        this.clock = clock;
        this.request = request;
        this.startMicros = clock.micros();
        this.last = startMicros;
        this.phase = first;
        line(startMicros, 0, first).append("}\n");
    }

    /** Entering the phase and batch that the request is already in adds nothing. */
    @Override
    public void enter(Phase next, int nextBatch) {
        if (next != phase || nextBatch != batch) {
            enterAtMicros(next, nextBatch, clock.micros());
        }
    }

    @Override
    public void enterAt(Phase next, int nextBatch, long nanoTime) {
        if (next != phase || nextBatch != batch) {
            enterAtMicros(next, nextBatch, clock.microsAt(nanoTime));
        }
    }

    private void enterAtMicros(Phase next, int nextBatch, long micros) {
        last = Math.max(last, micros);
        line(last, nextBatch, next).append("}\n");
        phase = next;
        batch = nextBatch;
    }

    @Override
    public void step(int ofBatch, int step) {
        stepAtMicros(ofBatch, step, clock.micros());
    }

    @Override
    public void stepAt(int ofBatch, int step, long nanoTime) {
        stepAtMicros(ofBatch, step, clock.microsAt(nanoTime));
    }

    private void stepAtMicros(int ofBatch, int step, long micros) {
        last = Math.max(last, micros);
        line(last, ofBatch, Phase.SAMPLING).append(",\"step\":").append(step).append("}\n");
    }

    /**
     * An attempt begins or ends; said within the phase that the request is in.
     *
     * @param attempt what the event's member {@code attempt} holds
     * @return when, in microseconds of the session
     */
    public long attempt(ObjectNode attempt) {
        last = Math.max(last, clock.micros());
        line(last, batch, phase)
                .append(",\"attempt\":")
                .append(Json.line(attempt))
                .append("}\n");
        return last;
    }

    /** The phase the request is in. */
    public Phase phase() {
        return phase;
    }

    /** The batch the request is in. */
    public int batch() {
        return batch;
    }

    /** When the request began, in microseconds of the session. */
    public long startMicros() {
        return startMicros;
    }

    /** Ends the request; returns when, in microseconds of the session. */
    public long complete() {
        last = Math.max(last, clock.micros());
        line(last, batch, Phase.COMPLETE).append("}\n");
        phase = Phase.COMPLETE;
        flush();
        return last;
    }

    /** Ends the request with a reason; returns when, in microseconds of the session. */
    public long failed(String reason) {
        last = Math.max(last, clock.micros());
        line(last, batch, Phase.FAILED)
                .append(",\"reason\":")
                .append(Json.line(Json.text(reason)))
                .append("}\n");
        phase = Phase.FAILED;
        flush();
        return last;
    }

    /** Hands everything that was held back to the operating system. */
    public void flush() {
        log.append(pending);
        pending.setLength(0);
    }

    // Written by hand: hundreds of thousands of lines with nothing to escape but a request name of [a-z0-9~-].
    private StringBuilder line(long micros, int ofBatch, Phase of) {
        return pending.append("{\"session\":")
                .append(log.session())
                .append(",\"t\":")
                .append(micros / 1_000_000)
                .append('.')
                .append(Long.toString(1_000_000 + micros % 1_000_000), 1, 7)
                .append(",\"request\":\"")
                .append(request)
                .append("\",\"batch\":")
                .append(ofBatch)
                .append(",\"phase\":\"")
                .append(of.id())
                .append('"');
    }
}
