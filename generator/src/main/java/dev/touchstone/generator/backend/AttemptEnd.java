package dev.touchstone.generator.backend;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one try of a request ended, as the back end knows it.
 *
 * @param outcome what came of it
 * @param reason one line where nothing usable came, empty otherwise; never a key, a header with one, or a stack trace
 * @param usage what was used up and may have to be paid for
 * @param reported what the server measured itself, such as {@code samplingSeconds} or {@code peakMemoryBytes}; names end in the unit
 * @param details what helps to find the attempt again: request ids, status, rate-limit headers
 */
public record AttemptEnd(
        AttemptOutcome outcome,
        String reason,
        List<Usage> usage,
        SortedMap<String, Double> reported,
        SortedMap<String, String> details) {

    /** What came of an attempt. */
    public enum AttemptOutcome {
        /** An answer. */
        ANSWERED("answered"),
        /** Refused by policy. */
        MODERATED("moderated"),
        /** An error. */
        FAILED("failed"),
        /** Stopped from here. */
        CANCELLED("cancelled"),
        /** Nothing came back: it may have been served, and may have to be paid for. */
        UNKNOWN("unknown");

        private final String id;

        AttemptOutcome(String id) {
            this.id = id;
        }

        /** The name in records. */
        public String id() {
            return id;
        }
    }

    /**
     * Something that was used up.
     *
     * @param kind key of the price in the manifest's {@code fees.prices}, such as {@code image} or {@code output-image-token}
     * @param quantity how much, at least 0
     * @param amount what it cost, in the manifest's currency, where the server says so; the manifest's price is taken otherwise
     */
    public record Usage(String kind, double quantity, OptionalDouble amount) {

        /** @throws IllegalArgumentException if the kind is not of {@code [a-z0-9-]+} or a number is negative */
        public Usage {
            if (!kind.matches("[a-z0-9-]{1,60}") || !(quantity >= 0) || amount.orElse(0) < 0) {
                throw new IllegalArgumentException("usage: expected a kind of [a-z0-9-]+ and numbers >= 0, found \""
                        + kind + "\", " + quantity + ", " + amount);
            }
        }
    }

    public AttemptEnd {
        usage = List.copyOf(usage);
        reported = Collections.unmodifiableSortedMap(new TreeMap<>(reported));
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /** An end without usage, reports and details. */
    public static AttemptEnd of(AttemptOutcome outcome, String reason) {
        return new AttemptEnd(outcome, reason, List.of(), new TreeMap<>(), new TreeMap<>());
    }
}
