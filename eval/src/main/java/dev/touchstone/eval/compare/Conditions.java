package dev.touchstone.eval.compare;

import java.util.List;

/**
 * What differs between the conditions of two runs.
 *
 * @param kind what the differences make of the comparison
 * @param headline one line for people, as in {@code only steps changed: 12 -> 4}
 * @param variables what was changed on purpose, by name
 * @param incomparable what makes numbers incomparable, by name, unless it was allowed
 * @param irrelevant what should not matter, by name
 * @param allowed names that were allowed to differ
 */
public record Conditions(
        Kind kind,
        String headline,
        List<Change> variables,
        List<Change> incomparable,
        List<Change> irrelevant,
        List<String> allowed) {

    public Conditions {
        variables = List.copyOf(variables);
        incomparable = List.copyOf(incomparable);
        irrelevant = List.copyOf(irrelevant);
        allowed = List.copyOf(allowed);
    }

    /** What the differences make of the comparison. */
    public enum Kind {
        /** Nothing differs: what the numbers differ by is noise. */
        SAME("a/a"),
        /** One thing differs, and what the numbers differ by is its doing. */
        ONE_VARIABLE("one-variable"),
        /** Several things differ and were allowed to; what the numbers differ by is their joint doing. */
        JOINT("joint"),
        /** Something differs that was not allowed to. */
        NOT_COMPARABLE("not-comparable");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }
    }

    /**
     * One thing that differs.
     *
     * @param name as taken by {@code --allow}
     * @param base what it was
     * @param candidate what it is
     */
    public record Change(String name, String base, String candidate) {

        @Override
        public String toString() {
            return name + ": " + base + " -> " + candidate;
        }
    }

    /** Whether the numbers may be compared. */
    public boolean comparable() {
        return kind != Kind.NOT_COMPARABLE;
    }
}
