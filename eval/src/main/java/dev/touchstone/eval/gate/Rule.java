package dev.touchstone.eval.gate;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One line of a policy.
 *
 * @param text as it stands in the policy, spaces made single; names the rule everywhere
 * @param metric what is judged
 * @param criterion what is asked of it
 * @param scope where
 * @param role what its verdict does
 * @param floor prompts below which nothing is decided, at least 2
 * @param loosened who made it easier, where the policy says so
 * @param line of the policy where it stands
 */
public record Rule(
        String text,
        GateMetric metric,
        Criterion criterion,
        Scope scope,
        Role role,
        int floor,
        Optional<Loosened> loosened,
        int line) {

    /** @throws IllegalArgumentException if the floor is below 2 or the text is blank */
    public Rule {
        if (floor < 2 || text.isBlank()) {
            throw new IllegalArgumentException(
                    "rule \"" + text + "\": expected a text and a floor >= 2, found " + floor);
        }
    }

    /** What a rule's verdict does. */
    public enum Role {
        /** A release must be no worse than this. */
        GUARDRAIL("guardrail"),
        /** One of these must be better for a release to be worth it. */
        SUCCESS("success"),
        /** Shown beside the others; decides nothing. */
        ADVISORY("advisory");

        private final String id;

        Role(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }
    }

    /** Where a rule is judged. */
    public sealed interface Scope {

        /** All prompts; standardised where the policy fixes cohort weights. */
        record Overall() implements Scope {}

        /** Every cohort of an axis, each by itself. */
        record Each(CohortAxis axis) implements Scope {}

        /** One cohort. */
        record One(CohortKey cohort) implements Scope {}
    }

    /**
     * A margin that was made easier.
     *
     * @param was the rule before
     * @param by who did it
     * @param on when
     */
    public record Loosened(String was, String by, LocalDate on) {

        /** @throws IllegalArgumentException if a text is blank */
        public Loosened {
            if (was.isBlank() || by.isBlank()) {
                throw new IllegalArgumentException("loosened rule: expected what it was and a name");
            }
        }
    }
}
