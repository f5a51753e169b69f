package dev.touchstone.eval.gate;

import dev.touchstone.eval.result.CohortKey;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done with a candidate, and why. Follows from its inputs alone: the same inputs give the same decision.
 *
 * @param inputs everything it rests on
 * @param overall the release as a whole
 * @param rules the verdict of every rule in every cohort, in the order of the policy
 * @param cohorts what is to be done in every cohort that a rule names by itself
 * @param trade in words, who gains and who loses; empty if nobody does
 * @param routes the better run for every cohort
 * @param leads what to look at first where a number moved
 * @param notices what people must know beside the verdicts, the most important first
 */
public record Decision(
        GateInputs inputs,
        Conclusion overall,
        List<RuleVerdict> rules,
        List<CohortConclusion> cohorts,
        String trade,
        List<Route> routes,
        List<Lead> leads,
        List<String> notices) {

    public Decision {
        rules = List.copyOf(rules);
        cohorts = List.copyOf(cohorts);
        routes = List.copyOf(routes);
        leads = List.copyOf(leads);
        notices = List.copyOf(notices);
    }

    /** What is to be done. */
    public enum Action {
        /** Let it out. */
        SHIP("ship"),
        /** Keep it back. */
        HOLD("hold"),
        /** Users have it; take it back. */
        ROLLBACK("rollback"),
        /** The pictures are good; it is too slow or too dear. */
        OPTIMIZE("optimize");

        private final String id;

        Action(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }
    }

    /**
     * A verdict and what follows from it.
     *
     * @param reasons one sentence each, the deciding one first
     * @param change what would change it, one sentence each
     */
    public record Conclusion(Verdict verdict, Action action, List<String> reasons, List<String> change) {

        public Conclusion {
            reasons = List.copyOf(reasons);
            change = List.copyOf(change);
        }
    }

    /** What is to be done in a cohort. */
    public record CohortConclusion(CohortKey cohort, Conclusion conclusion) {}

    /**
     * The verdict of a rule in a cohort.
     *
     * @param rule its text
     * @param cohort where
     * @param role that it had; a rule on a metric with two modes is demoted
     * @param verdict what it came to
     * @param adjustedBreaks Holm's p-value of the rule being broken, over all guardrails; 1 where nothing was measured
     * @param better Benjamini and Hochberg's q-value of the candidate being better than the baseline
     * @param worse the same of it being worse
     * @param sentence the numbers in words
     * @param change what would change the verdict; empty for PASS
     * @param overridden who decided otherwise; empty if nobody did
     */
    public record RuleVerdict(
            String rule,
            CohortKey cohort,
            Rule.Role role,
            Verdict verdict,
            double adjustedBreaks,
            double better,
            double worse,
            String sentence,
            String change,
            String overridden) {}

    /**
     * Where the pictures of a cohort are best made.
     *
     * @param choice the run, {@code candidate} or {@code baseline}; empty if neither meets the limits
     * @param options both runs
     * @param reason one sentence
     */
    public record Route(CohortKey cohort, Optional<String> choice, List<Option> options, String reason) {

        public Route {
            options = List.copyOf(options);
        }
    }

    /**
     * A run as a choice.
     *
     * @param run {@code candidate} or {@code baseline}
     * @param profile its numbers
     * @param onFront whether no other run is at least as good in everything and better in something
     * @param withinLimits whether it meets the limits of the policy on latency and cost
     */
    public record Option(String run, GateInputs.Profile profile, boolean onFront, boolean withinLimits) {}

    /**
     * What to look at first.
     *
     * @param symptom the number that moved
     * @param look the places to look, the likeliest first
     * @param evidence what in these runs made the hint appear
     */
    public record Lead(String symptom, List<String> look, String evidence) {

        public Lead {
            look = List.copyOf(look);
        }
    }

    /** The verdict of the release. */
    public Verdict verdict() {
        return overall.verdict();
    }
}
