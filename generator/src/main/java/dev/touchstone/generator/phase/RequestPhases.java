package dev.touchstone.generator.phase;

/**
 * The phases of one running request. One phase ends where the next begins, so they cannot overlap and their sum is the
 * time from begin to end. Used from one thread.
 */
public final class RequestPhases implements PhaseObserver {

    private final EventLog log;
    private final PhaseClock clock;
    private final String request;
    private final long startMicros;
    private Phase phase;
    private int batch;

    RequestPhases(EventLog log, PhaseClock clock, String request, Phase first) {
        this.log = log;
        this.clock = clock;
        this.request = request;
        this.startMicros = clock.micros();
        this.phase = first;
        log.event(startMicros, request, 0, first);
    }

    /** Entering the phase and batch that the request is already in adds nothing. */
    @Override
    public void enter(Phase next, int nextBatch) {
        if (next == phase && nextBatch == batch) {
            return;
        }
        log.event(clock.micros(), request, nextBatch, next);
        phase = next;
        batch = nextBatch;
    }

    @Override
    public void step(int ofBatch, int step) {
        log.step(clock.micros(), request, ofBatch, step);
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
        long now = clock.micros();
        log.event(now, request, batch, Phase.COMPLETE);
        phase = Phase.COMPLETE;
        return now;
    }

    /** Ends the request with a reason; returns when, in microseconds of the session. */
    public long failed(String reason) {
        long now = clock.micros();
        log.failed(now, request, batch, reason);
        phase = Phase.FAILED;
        return now;
    }
}
