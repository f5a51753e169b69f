package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.result.CohortKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who gains and who loses. Gains are announced where a success metric passed or the policy has none. Beside a loss without a passed
 * success metric a gain is a second chance to be wrong, and has to be as clear as a quarter of alpha asks: two success metrics at half of
 * alpha each leave a quarter of alpha squared, which is the chance of a false loss and a false gain together. A gain alone that the
 * policy does not ask for is not announced.
 */
final class Trade {

    private final List<RuleVerdict> better;
    private final List<RuleVerdict> worse;
    private final GatePolicy policy;

    Trade(List<RuleVerdict> verdicts, GatePolicy policy) {
        this.policy = policy;
        double rate = policy.budget().alpha();
        this.worse = verdicts.stream().filter(one -> one.worse() <= rate).toList();
        List<RuleVerdict> successes =
                verdicts.stream().filter(one -> one.role() == Role.SUCCESS).toList();
        boolean earned = successes.isEmpty() || successes.stream().anyMatch(one -> one.verdict() == Verdict.PASS);
        double level = earned ? rate : worse.isEmpty() ? 0 : rate / 4;
        this.better = level == 0
                ? List.of()
                : verdicts.stream().filter(one -> one.better() <= level).toList();
    }

    /** What is announced to be better. */
    List<RuleVerdict> better() {
        return better;
    }

    /** In one sentence; empty if nothing is to be said. */
    String words() {
        String gains = places(better);
        String losses = places(worse);
        if (gains.isEmpty() && losses.isEmpty()) {
            return "";
        }
        if (losses.isEmpty()) {
            return "The candidate is better for " + gains + "; nowhere is it shown to be worse.";
        }
        if (gains.isEmpty()) {
            return "The prior stays better for " + losses + "; nowhere is the candidate shown to be better.";
        }
        return "The candidate is better for " + gains + "; the prior stays better for " + losses + ".";
    }

    private String places(List<RuleVerdict> verdicts) {
        Map<CohortKey, Set<String>> found = new LinkedHashMap<>();
        for (RuleVerdict verdict : verdicts) {
            String metric = policy.rules().stream()
                    .filter(rule -> rule.text().equals(verdict.rule()))
                    .findFirst()
                    .orElseThrow()
                    .metric()
                    .name();
            found.computeIfAbsent(verdict.cohort(), cohort -> new LinkedHashSet<>())
                    .add(metric);
        }
        List<String> words = new ArrayList<>();
        found.forEach((cohort, metrics) -> words.add(Words.cohort(cohort) + " (" + String.join(", ", metrics) + ")"));
        return Words.and(words);
    }
}
