package dev.touchstone.generator.phase;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of one ended request went.
 *
 * @param session in which it ran
 * @param request a prompt id; or {@code ~load}, {@code ~probe} or {@code ~warm-<k>}, which are never counted
 * @param startSeconds of the session's clock
 * @param generationEndSeconds when the device was free again: before the last pictures were saved, on the session's clock
 * @param endSeconds of the session's clock, at least {@code startSeconds}
 * @param phaseSeconds time in every phase that occurred, over all batches; sums to end - start
 * @param stepSeconds time of every sampling step of every batch, in order
 * @param end {@link Phase#COMPLETE} or {@link Phase#FAILED}
 */
public record RequestTimeline(
        int session,
        String request,
        double startSeconds,
        double generationEndSeconds,
        double endSeconds,
        Map<Phase, Double> phaseSeconds,
        List<Double> stepSeconds,
        Phase end) {

    public RequestTimeline {
        phaseSeconds = Collections.unmodifiableMap(new EnumMap<>(phaseSeconds));
        stepSeconds = List.copyOf(stepSeconds);
    }

    /** Whether this is loading or warm-up, which no result counts. */
    public boolean excluded() {
        return request.startsWith("~");
    }

    /** How long the request held the device. */
    public double heldSeconds() {
        return generationEndSeconds - startSeconds;
    }

    /** Time in a phase; 0 where it did not occur. */
    public double seconds(Phase phase) {
        return phaseSeconds.getOrDefault(phase, 0.0);
    }
}
