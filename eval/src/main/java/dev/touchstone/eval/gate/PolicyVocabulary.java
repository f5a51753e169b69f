package dev.touchstone.eval.gate;

import dev.touchstone.generator.prompt.CohortAxis;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cohorts that a policy may name.
 *
 * @param labels that exist, by axis; an axis without labels is not checked
 */
public record PolicyVocabulary(SortedMap<CohortAxis, SortedSet<String>> labels) {

    /** Nothing is checked: cohorts are taken as written. */
    public static final PolicyVocabulary UNCHECKED = new PolicyVocabulary(Collections.emptySortedMap());

    public PolicyVocabulary {
        SortedMap<CohortAxis, SortedSet<String>> copy = new TreeMap<>();
        labels.forEach((axis, names) -> copy.put(axis, Collections.unmodifiableSortedSet(new TreeSet<>(names))));
        labels = Collections.unmodifiableSortedMap(copy);
    }

    SortedSet<String> labels(CohortAxis axis) {
        return labels.getOrDefault(axis, Collections.emptySortedSet());
    }
}
