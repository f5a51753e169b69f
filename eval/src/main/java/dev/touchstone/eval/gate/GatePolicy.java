package dev.touchstone.eval.gate;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By what a release is decided.
 *
 * @param release what is being released
 * @param stage whether users already have it
 * @param budget of errors
 * @param rules guardrails, success metrics and advisory ones, in the order written
 * @param weights of the standardised overall; empty if the overall is what the prompts are
 * @param calibration where measured noise lies, and how long it counts
 * @param overrides decisions of people against a rule
 */
public record GatePolicy(
        ReleaseKind release,
        ReleaseStage stage,
        ErrorBudget budget,
        List<Rule> rules,
        Optional<CohortWeights> weights,
        Optional<CalibrationUse> calibration,
        List<PolicyOverride> overrides) {

    public GatePolicy {
        rules = List.copyOf(rules);
        overrides = List.copyOf(overrides);
    }

    /** What is being released. */
    public enum ReleaseKind {
        /** An engine, a precision, a driver, a cache: the same weights. Pictures of the same seed must stay alike. */
        RUNTIME("runtime"),
        /** A new model. That pictures of the same seed differ is its purpose. */
        WEIGHTS("weights");

        private final String id;

        ReleaseKind(String id) {
            this.id = id;
        }

        /** The name in policies and results. */
        public String id() {
            return id;
        }
    }

    /** Whether users already have the candidate. */
    public enum ReleaseStage {
        /** Not yet: a failed gate holds it. */
        CANDIDATE("candidate"),
        /** They do: a failed gate takes it back. */
        LIVE("live");

        private final String id;

        ReleaseStage(String id) {
            this.id = id;
        }

        /** The name in policies and results. */
        public String id() {
            return id;
        }
    }

    /**
     * How often the gate may be wrong.
     *
     * @param alpha chance of each kind of error, in (0, 0.5)
     * @param power with which a planned loss is to be found, in (0.5, 1)
     */
    public record ErrorBudget(double alpha, double power) {

        /** @throws IllegalArgumentException if a bound is broken */
        public ErrorBudget {
            if (!(alpha > 0 && alpha < 0.5) || !(power > 0.5 && power < 1)) {
                throw new IllegalArgumentException(
                        "error budget: expected alpha in (0, 0.5) and power in (0.5, 1), found " + alpha + " and "
                                + power);
            }
        }
    }

    /**
     * Fixed shares of the cohorts of one axis in the overall.
     *
     * @param axis by which it is split
     * @param shares by label, above 0; they sum to 1
     */
    public record CohortWeights(CohortAxis axis, SortedMap<String, Double> shares) {

        public CohortWeights {
            shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
            double sum =
                    shares.values().stream().mapToDouble(Double::doubleValue).sum();
            if (shares.isEmpty()
                    || Math.abs(sum - 1) > 1e-9
                    || shares.values().stream().anyMatch(s -> !(s > 0))) {
                throw new IllegalArgumentException(
                        "cohort weights: expected shares above 0 that sum to 1, found " + shares);
            }
        }
    }

    /**
     * Noise that was measured beforehand.
     *
     * @param file as the policy names it, relative to the policy
     * @param maximumAgeDays after which it is stale, at least 1
     */
    public record CalibrationUse(String file, int maximumAgeDays) {}

    /**
     * A decision of two people against a rule's verdict, for a while.
     *
     * @param rule text of the rule
     * @param cohort where
     * @param by who decided
     * @param confirmedBy a second person, not the first
     * @param from first day on which it counts
     * @param expires first day on which it no longer counts, after {@code from}
     * @param reason for people
     */
    public record PolicyOverride(
            String rule,
            CohortKey cohort,
            String by,
            String confirmedBy,
            LocalDate from,
            LocalDate expires,
            String reason) {

        /** @throws IllegalArgumentException if both people are the same, a text is blank, or it ends before it begins */
        public PolicyOverride {
            if (by.isBlank()
                    || confirmedBy.isBlank()
                    || reason.isBlank()
                    || by.strip().equalsIgnoreCase(confirmedBy.strip())) {
                throw new IllegalArgumentException("override: expected two different names and a reason, found \"" + by
                        + "\" and \"" + confirmedBy + "\"");
            }
            if (!expires.isAfter(from)) {
                throw new IllegalArgumentException("override: expected an end after " + from + ", found " + expires);
            }
        }

        /** Whether it counts on a day. */
        public boolean active(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(expires);
        }
    }

    /** The rules of a role, in the order written. */
    public List<Rule> rules(Rule.Role role) {
        return rules.stream().filter(rule -> rule.role() == role).toList();
    }
}
