package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.result.CohortKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Who gains and who loses, in one sentence. */
final class Trade {

    private Trade() {}

    /** @param rate of false discoveries that is accepted on either side */
    static String words(List<RuleVerdict> verdicts, double rate, GatePolicy policy) {
        String better = places(verdicts, rate, policy, RuleVerdict::better);
        String worse = places(verdicts, rate, policy, RuleVerdict::worse);
        if (better.isEmpty() && worse.isEmpty()) {
            return "";
        }
        if (worse.isEmpty()) {
            return "The candidate is better for " + better + "; nowhere is it shown to be worse.";
        }
        if (better.isEmpty()) {
            return "The prior stays better for " + worse + "; nowhere is the candidate shown to be better.";
        }
        return "The candidate is better for " + better + "; the prior stays better for " + worse + ".";
    }

    private static String places(
            List<RuleVerdict> verdicts, double rate, GatePolicy policy, ToDoubleFunction<RuleVerdict> q) {
        Map<CohortKey, Set<String>> found = new LinkedHashMap<>();
        for (RuleVerdict verdict : verdicts) {
            if (q.applyAsDouble(verdict) <= rate) {
                String metric = policy.rules().stream()
                        .filter(rule -> rule.text().equals(verdict.rule()))
                        .findFirst()
                        .orElseThrow()
                        .metric()
                        .name();
                found.computeIfAbsent(verdict.cohort(), cohort -> new LinkedHashSet<>())
                        .add(metric);
            }
        }
        List<String> words = new ArrayList<>();
        found.forEach((cohort, metrics) -> words.add(Words.cohort(cohort) + " (" + String.join(", ", metrics) + ")"));
        return Words.and(words);
    }
}
