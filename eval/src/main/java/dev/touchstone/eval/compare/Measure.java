package dev.touchstone.eval.compare;

import dev.touchstone.generator.phase.Phase;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/**
 * A quantity that is measured once or several times for a prompt.
 *
 * @param id as in results: {@code latency.end-to-end}, {@code usable}, or the id of a metric such as {@code adherence[touchstone-1]}
 * @param unit such as {@code s}, {@code USD}, or {@code 1} for shares and scores
 * @param direction which way is better, where there is one
 */
public record Measure(String id, String unit, Optional<Direction> direction) implements Comparable<Measure> {

    /** From the intended start of a request to its last picture on the disk; one value per answered request. */
    public static final Measure END_TO_END = seconds("latency.end-to-end");

    /** From the intended start of a request to its first picture; one value per answered request that knows it. */
    public static final Measure FIRST_IMAGE = seconds("latency.first-image");

    /** From sending to the last picture on the disk; one value per answered request. */
    public static final Measure SERVICE = seconds("latency.service");

    /** Service time of an answered request that no phase names. */
    public static final Measure OTHER = seconds("latency.phase.other");

    /** Sampling steps of an answered request, over all its batches: the work. */
    public static final Measure STEPS = new Measure("work.steps", "steps", Optional.empty());

    /** Mean seconds of a sampling step of an answered request: the speed of the work. */
    public static final Measure STEP_SECONDS = seconds("latency.step");

    /** What one request cost, all attempts, with its share of loading and warm-up; one value per request, answered or not. */
    public static final String COST = "cost.request";

    /** 1 where people can use the picture, 0 where they cannot; complete pictures with a verdict that is no tie. */
    public static final Measure USABLE = new Measure("usable", "1", Optional.of(Direction.HIGHER_IS_BETTER));

    /** 1 where a planned picture is there, 0 where it failed, was moderated or is missing; one value per planned picture. */
    public static final Measure DELIVERED = new Measure("delivered", "1", Optional.of(Direction.HIGHER_IS_BETTER));

    /** @throws IllegalArgumentException if id or unit is blank */
    public Measure {
        if (id.isBlank() || unit.isBlank()) {
            throw new IllegalArgumentException(
                    "measure: expected an id and a unit, found \"" + id + "\" and \"" + unit + "\"");
        }
    }

    /** Seconds of an answered request in a phase. */
    public static Measure phase(Phase phase) {
        return seconds("latency.phase." + phase.id());
    }

    /** {@link #COST} in a currency. */
    public static Measure cost(String currency) {
        return new Measure(COST, currency, Optional.of(Direction.LOWER_IS_BETTER));
    }

    /** Whether this is a time of requests. */
    public boolean isLatency() {
        return id.startsWith("latency.");
    }

    @Override
    public int compareTo(Measure other) {
        return id.compareTo(other.id);
    }

    private static Measure seconds(String id) {
        return new Measure(id, "s", Optional.of(Direction.LOWER_IS_BETTER));
    }
}
