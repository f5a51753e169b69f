package dev.touchstone.cli.command;

import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.CohortConclusion;
import dev.touchstone.eval.gate.Decision.Lead;
import dev.touchstone.eval.gate.Decision.Route;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.result.CohortKey;

/** A decision for people at a terminal. */
record DecisionText(Decision decision) {

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(decision.overall().action().id().toUpperCase(java.util.Locale.ROOT))
                .append(" (")
                .append(decision.verdict().id())
                .append(")\n");
        decision.notices().forEach(notice -> line(text, "  ", notice));
        decision.overall().reasons().forEach(reason -> line(text, "  ", reason));
        if (!decision.rules().isEmpty()) {
            Table table = new Table();
            for (RuleVerdict rule : decision.rules()) {
                String mark = rule.overridden().isEmpty() ? "" : " (overridden)";
                table.row(
                        "  " + rule.verdict().id() + mark,
                        rule.role().id(),
                        rule.rule(),
                        cohort(rule.cohort()),
                        rule.sentence());
            }
            text.append("\nrules\n").append(table).append('\n');
        }
        if (!decision.cohorts().isEmpty()) {
            Table table = new Table();
            for (CohortConclusion cohort : decision.cohorts()) {
                table.row(
                        "  " + cohort.cohort(),
                        cohort.conclusion().action().id(),
                        cohort.conclusion().verdict().id());
            }
            text.append("\ncohorts\n").append(table).append('\n');
        }
        if (!decision.overall().change().isEmpty()) {
            text.append("\nwhat would change it\n");
            decision.overall().change().forEach(change -> line(text, "  ", change));
        }
        if (!decision.trade().isEmpty()) {
            text.append('\n').append(decision.trade()).append('\n');
        }
        if (!decision.routes().isEmpty()) {
            Table table = new Table();
            for (Route route : decision.routes()) {
                table.row("  " + cohort(route.cohort()), route.choice().orElse("neither"), route.reason());
            }
            text.append("\nrouting\n").append(table).append('\n');
        }
        if (!decision.leads().isEmpty()) {
            text.append("\nlook at\n");
            for (Lead lead : decision.leads()) {
                line(text, "  ", lead.symptom() + ": " + String.join(", ", lead.look()) + " (" + lead.evidence() + ")");
            }
        }
        return text.toString().stripTrailing();
    }

    private static String cohort(CohortKey cohort) {
        return cohort.equals(CohortKey.OVERALL) ? "overall" : cohort.label();
    }

    private static void line(StringBuilder text, String indent, String line) {
        text.append(indent).append(line).append('\n');
    }
}
