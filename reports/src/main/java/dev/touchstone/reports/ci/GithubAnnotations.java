package dev.touchstone.reports.ci;

import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.Rule;
import dev.touchstone.eval.gate.Verdict;
import dev.touchstone.eval.result.CohortKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision as workflow commands of GitHub Actions: the release first, rolled up, then the rules that broke. GitHub shows ten
 * annotations of a kind for a step and drops the rest without a word, so that no more are written.
 */
public final class GithubAnnotations {

    /** Annotations of a kind that a step may have. */
    static final int MOST = 10;

    private GithubAnnotations() {}

    /** @param policyFile as the repository names it, where annotations are anchored */
    public static List<String> of(Decision decision, String policyFile) {
        List<String> commands = new ArrayList<>();
        Verdict verdict = decision.verdict();
        String kind = verdict == Verdict.PASS ? "notice" : verdict == Verdict.INCONCLUSIVE ? "warning" : "error";
        long failed = decision.rules().stream()
                .filter(rule -> rule.verdict() == Verdict.FAIL)
                .count();
        String message = String.join(" ", decision.overall().reasons())
                + (failed > MOST - 1 ? " " + failed + " rules failed; the first " + (MOST - 1) + " follow." : "");
        commands.add(command(
                kind,
                policyFile,
                1,
                "Touchstone: " + decision.overall().action().id() + " (" + verdict.id() + ")",
                message));
        add(commands, decision, policyFile, Verdict.FAIL, "error", kind.equals("error") ? MOST - 1 : MOST);
        add(commands, decision, policyFile, Verdict.INCONCLUSIVE, "warning", kind.equals("warning") ? MOST - 1 : MOST);
        return commands;
    }

    private static void add(
            List<String> commands, Decision decision, String policyFile, Verdict wanted, String kind, int most) {
        decision.rules().stream()
                .filter(rule -> rule.verdict() == wanted && rule.role() != Rule.Role.ADVISORY)
                .limit(most)
                .forEach(rule -> commands.add(command(
                        kind,
                        policyFile,
                        line(decision.inputs().policy().text(), rule),
                        where(rule.cohort()) + ": " + rule.rule(),
                        rule.sentence())));
    }

    private static String where(CohortKey cohort) {
        return cohort.equals(CohortKey.OVERALL) ? "overall" : cohort.label();
    }

    /** The first line of the policy that holds the rule, spaces made single; the first line of all where none does. */
    private static int line(String policy, RuleVerdict rule) {
        List<String> lines = policy.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).replaceAll("\\s+", " ").contains(rule.rule())) {
                return i + 1;
            }
        }
        return 1;
    }

    private static String command(String kind, String file, int line, String title, String message) {
        return "::" + kind + " file=" + property(file) + ",line=" + line + ",title=" + property(title) + "::"
                + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
