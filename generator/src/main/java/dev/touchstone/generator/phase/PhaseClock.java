package dev.touchstone.generator.phase;

import java.util.function.LongSupplier;

/** Seconds since the session began, in whole microseconds, from a clock that never goes back. */
public final class PhaseClock {

    private final LongSupplier nanos;
    private final long origin;
    private long last;

    /** @param nanos a monotonic clock in nanoseconds with any origin; a step back is read as no time passed */
    public PhaseClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    /** A clock on {@link System#nanoTime}. */
    public static PhaseClock system() {
        return new PhaseClock(System::nanoTime);
    }

    /** Microseconds since the clock was made. */
    public synchronized long micros() {
        last = Math.max(last, (nanos.getAsLong() - origin) / 1000);
        return last;
    }

    /** Microseconds since the clock was made at a reading of its nanosecond clock, in [0, now]. */
    long microsAt(long nanoTime) {
        return Math.min(micros(), Math.max(0, (nanoTime - origin) / 1000));
    }

    /** Microseconds as seconds. */
    public static double seconds(long micros) {
        return micros / 1e6;
    }
}
