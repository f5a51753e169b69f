package dev.touchstone.generator.run;

import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Lets requests begin no faster than a rate: evenly spaced, whoever asks. Thread-safe. */
final class Pacer {

    private static final double NANOS_PER_MINUTE = 60e9;
    private static final long LONGEST_NAP = 50_000_000;

    private final long spacing;
    private final LongSupplier nanos;
    private final StopSignal stop;
    private long next;
    private boolean begun;

    /** @param requestsPerMinute above 0; empty without a limit */
    Pacer(OptionalDouble requestsPerMinute, LongSupplier nanos, StopSignal stop) {
        this.spacing =
                requestsPerMinute.isPresent() ? Math.round(NANOS_PER_MINUTE / requestsPerMinute.getAsDouble()) : 0;
        this.nanos = nanos;
        this.stop = stop;
    }

    /**
     * Waits until the next request may begin.
     *
     * @throws RunInterruptedException if the run was asked to stop
     */
    void await() {
        stop.check();
        if (spacing == 0) {
            return;
        }
        for (long due = reserve(), left = due - nanos.getAsLong(); left > 0; left = due - nanos.getAsLong()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP));
            stop.check();
        }
    }

    private synchronized long reserve() {
        long now = nanos.getAsLong();
        next = begun ? Math.max(next + spacing, now) : now;
        begun = true;
        return next;
    }
}
