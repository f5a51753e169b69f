package dev.touchstone.generator.backend.comfyui;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a server's wall clock is from ours. Two facts bound it: what we asked for cannot have begun before we asked, and a
 * message cannot have been written after it arrived. The more messages, the narrower. Thread-safe.
 *
 * <p>Server times are whole milliseconds, rounded down: an event of time t happened in [t, t + 1). A clock that is set while a run
 * goes on makes the facts contradict each other; the offset is unknown from then on.
 */
final class ServerClock {

    private double least = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;

    /**
     * Server's wall clock in milliseconds minus {@link System#nanoTime} in milliseconds.
     *
     * @param millis middle of what is possible
     * @param boundMillis half of how much is possible: the true offset is within it
     */
    record Offset(double millis, double boundMillis) {

        /** The moment of a server time, on our clock. */
        long nanosOf(long serverMillis) {
            return Math.round((serverMillis + 0.5 - millis) * 1e6);
        }
    }

    /** Something that happened on the server after we asked for it. */
    synchronized void after(long askedNanos, long serverMillis) {
        most = Math.min(most, serverMillis + 1 - askedNanos / 1e6);
    }

    /** Something that happened on the server before its message arrived. */
    synchronized void before(long arrivedNanos, long serverMillis) {
        least = Math.max(least, serverMillis - arrivedNanos / 1e6);
    }

    /** The offset, once both sides of it are known and do not contradict each other. */
    synchronized Optional<Offset> offset() {
        return Double.isInfinite(least) || Double.isInfinite(most) || least > most
                ? Optional.empty()
                : Optional.of(new Offset((least + most) / 2, (most - least) / 2));
    }

    /** Least number of milliseconds by which a message came late, at least 0; empty while the offset is unknown. */
    OptionalDouble lateMillis(long arrivedNanos, long serverMillis) {
        return offset().map(offset -> OptionalDouble.of(
                        Math.max(0, (arrivedNanos - offset.nanosOf(serverMillis)) / 1e6 - offset.boundMillis() - 0.5)))
                .orElse(OptionalDouble.empty());
    }
}
