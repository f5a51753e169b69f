package dev.touchstone.metrics.metric.adherence;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.AttributeReading;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which of the asked attributes one picture shows, or the reason why that cannot be said. */
public sealed interface Adherence permits Adherence.Measured, Adherence.Unscored {

    /** Config name of the metric. */
    String METRIC = "adherence";

    /** Detail of a run's score, with the attribute's id behind it: how often the judge reads it right in golden pictures. */
    String CEILING = "ceiling.";

    /** The same: golden pictures behind the ceiling. */
    String CEILING_N = "ceilingN.";

    /**
     * Compares what a network reads with what was asked. An attribute counts as found when its most probable value is the asked one.
     *
     * @param asked the attributes that the prompt names; others do not count
     * @throws IllegalArgumentException if a value is not one of its attribute's values
     */
    static Adherence of(AttributeReading reading, SortedMap<Attribute, String> asked) {
        if (asked.isEmpty()) {
            return new Unscored("the prompt names no attribute of the built-in world");
        }
        SortedMap<Attribute, Finding> findings = new TreeMap<>();
        asked.forEach((attribute, value) -> {
            if (!attribute.choices().contains(value)) {
                throw new IllegalArgumentException("adherence: expected " + attribute.id() + " to be one of "
                        + attribute.choices() + ", found " + value);
            }
            if (reading.probabilities().containsKey(attribute)) {
                findings.put(
                        attribute,
                        new Finding(value, reading.mostProbable(attribute), reading.probability(attribute, value)));
            }
        });
        return findings.isEmpty()
                ? new Unscored("the network reads none of the asked attributes " + asked.keySet())
                : new Measured(findings);
    }

    /**
     * A measured picture.
     *
     * @param findings per asked attribute, at least one
     */
    record Measured(SortedMap<Attribute, Finding> findings) implements Adherence {

        /** @throws IllegalArgumentException if there are no findings */
        public Measured {
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("adherence: expected at least one finding, found none");
            }
            findings = Collections.unmodifiableSortedMap(new TreeMap<>(findings));
        }

        /** Share of the asked attributes that were found, in [0, 1]. */
        public double share() {
            return found() / (double) findings.size();
        }

        /** How many of the asked attributes were found. */
        public int found() {
            return (int) findings.values().stream().filter(Finding::found).count();
        }

        /** Mean probability of the asked values, in [0, 1]; orders pictures that show equally many. */
        public double confidence() {
            return findings.values().stream()
                    .mapToDouble(Finding::probability)
                    .average()
                    .orElseThrow();
        }
    }

    /**
     * No measurement.
     *
     * @param reason for people
     */
    record Unscored(String reason) implements Adherence {

        /** @throws IllegalArgumentException if the reason is blank */
        public Unscored {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("adherence: expected a reason, found none");
            }
        }
    }
}
