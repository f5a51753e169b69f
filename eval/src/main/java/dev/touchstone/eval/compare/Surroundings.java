package dev.touchstone.eval.compare;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What lies around two runs and is no part of either.
 *
 * @param goldenDigests SHA-256 of the files of the golden dataset; empty where it is not at hand
 */
public record Surroundings(Set<String> goldenDigests) {

    /** Nothing is at hand. */
    public static final Surroundings NONE = new Surroundings(Set.of());

    public Surroundings {
        goldenDigests = Collections.unmodifiableSet(new TreeSet<>(goldenDigests));
    }
}
