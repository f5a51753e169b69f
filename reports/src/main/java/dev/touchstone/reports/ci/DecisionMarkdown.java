package dev.touchstone.reports.ci;

import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.CohortConclusion;
import dev.touchstone.eval.gate.Decision.Lead;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.Verdict;
import dev.touchstone.eval.result.CohortKey;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * A decision as Markdown for a pull request or a step's summary: the verdict first, then what broke, then everything. No pictures.
 * Ends below a limit of bytes, saying what was left out, because GitHub drops a summary of over 1,024 KiB and refuses a comment of
 * over 65,536 characters as a whole.
 */
public final class DecisionMarkdown {

    /** Below GitHub's limit of a comment. */
    public static final int COMMENT_BYTES = 60_000;

    private final Decision decision;
    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private int left;

    private DecisionMarkdown(Decision decision, int limit) {
        this.decision = decision;
        this.limit = limit;
    }

    /** @param limit largest number of bytes in UTF-8 */
    public static String of(Decision decision, int limit) {
        return new DecisionMarkdown(decision, limit).write();
    }

    private String write() {
        Decision.Conclusion overall = decision.overall();
        add("## " + sign(overall.verdict()) + " Touchstone: " + overall.action().id() + " ("
                + overall.verdict().id() + ")\n\n");
        overall.reasons().forEach(reason -> add(escaped(reason) + "\n\n"));
        add("**" + escaped(decision.inputs().conditions().headline()) + "** · candidate `"
                + decision.inputs().runs().candidate() + "` · baseline `"
                + decision.inputs().runs().baseline() + "` · policy `"
                + escaped(decision.inputs().policy().name()) + "`\n\n");
        if (!decision.trade().isEmpty()) {
            add(escaped(decision.trade()) + "\n\n");
        }
        list("What would change it", overall.change());
        falseWins();
        rules();
        cohorts();
        leads();
        list("Also", decision.notices());
        if (left > 0) {
            text.append("\n… ").append(left).append(" more parts stand in `decision.json`.\n");
        }
        return text.toString();
    }

    /** Adds a part, or counts it where it would pass the limit. */
    private void add(String part) {
        int bytes = part.getBytes(StandardCharsets.UTF_8).length;
        if (left > 0 || text.toString().getBytes(StandardCharsets.UTF_8).length + bytes > limit - 200) {
            left++;
        } else {
            text.append(part);
        }
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✅";
            case FAIL -> "❌";
            case INCONCLUSIVE -> "❔";
            case NOT_COMPARABLE -> "⛔";
            case SUSPECT -> "⚠️";
        };
    }

    private void list(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            add("### " + title + "\n\n");
            lines.forEach(line -> add("- " + escaped(line) + "\n"));
            add("\n");
        }
    }

    private void falseWins() {
        List<FalseWin> fired = decision.inputs().falseWins();
        if (fired.isEmpty()) {
            return;
        }
        add("### Ways of a false win\n\n| | rule | evidence | remedy |\n|---|---|---|---|\n");
        fired.forEach(win -> add("| " + win.severity().id() + " | `" + win.id() + "` | " + escaped(win.evidence())
                + " | " + escaped(win.remedy()) + " |\n"));
        add("\n");
    }

    private void rules() {
        if (decision.rules().isEmpty()) {
            return;
        }
        add("### Rules\n\n| | rule | where | role | numbers |\n|---|---|---|---|---|\n");
        decision.rules().stream()
                .sorted(Comparator.comparingInt(verdict -> order(verdict.verdict())))
                .forEach(verdict -> add(row(verdict)));
        add("\n");
    }

    private static int order(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> 0;
            case SUSPECT -> 1;
            case NOT_COMPARABLE -> 2;
            case INCONCLUSIVE -> 3;
            case PASS -> 4;
        };
    }

    private static String row(RuleVerdict verdict) {
        return "| " + sign(verdict.verdict()) + " | `" + verdict.rule().replace("|", "\\|") + "` | "
                + escaped(where(verdict.cohort())) + " | " + verdict.role().id() + " | " + escaped(verdict.sentence())
                + (verdict.overridden().isEmpty() ? "" : " (" + escaped(verdict.overridden()) + ")") + " |\n";
    }

    private static String where(CohortKey cohort) {
        return cohort.equals(CohortKey.OVERALL) ? "overall" : cohort.label();
    }

    private void cohorts() {
        if (decision.cohorts().isEmpty()) {
            return;
        }
        add("### Cohorts\n\n| cohort | decision | verdict | why |\n|---|---|---|---|\n");
        for (CohortConclusion cohort : decision.cohorts()) {
            Decision.Conclusion own = cohort.conclusion();
            add("| " + escaped(where(cohort.cohort())) + " | " + own.action().id() + " | " + sign(own.verdict()) + " "
                    + own.verdict().id() + " | "
                    + escaped(own.reasons().isEmpty() ? "" : own.reasons().get(0)) + " |\n");
        }
        add("\n");
    }

    private void leads() {
        if (decision.leads().isEmpty()) {
            return;
        }
        add("### What to look at first\n\n");
        for (Lead lead : decision.leads()) {
            add("- " + escaped(lead.symptom()) + ": " + escaped(String.join(", ", lead.look())) + " ("
                    + escaped(lead.evidence()) + ")\n");
        }
        add("\n");
    }

    /** Text of prompts and labels must not become markup, a table cell, or a mention of somebody. */
    private static String escaped(String line) {
        return line.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .replace("@", "@\u200b")
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    /** A gate that could not decide, and why. */
    public static String broken(String message) {
        StringBuilder text = new StringBuilder("## ⛔ Touchstone: nothing was decided\n\n");
        message.lines().forEach(line -> text.append(escaped(line)).append("\n\n"));
        return text.toString();
    }
}
