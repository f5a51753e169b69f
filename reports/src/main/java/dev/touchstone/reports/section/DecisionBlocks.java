package dev.touchstone.reports.section;

import dev.touchstone.eval.gate.Decider;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.Action;
import dev.touchstone.eval.gate.Decision.Lead;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.DecisionStore;
import dev.touchstone.eval.gate.GateInputs;
import dev.touchstone.eval.gate.Verdict;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Callout;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.model.Tone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the gate decided, where it decided on these pictures. */
final class DecisionBlocks {

    private DecisionBlocks() {}

    /** The decision, the rules, the cohorts; a note where there is none, or it was made on other pictures. */
    static List<Block> of(RunEvidence evidence) {
        Path file = evidence.folder().path().resolve(DecisionStore.FILE);
        if (!Files.exists(file)) {
            return List.of(Paragraph.note("No gate policy was applied; this report states facts, not a verdict."));
        }
        GateInputs inputs = DecisionStore.inputs(file);
        if (!inputs.runs()
                .candidateDigest()
                .equals(evidence.evaluation().sources().images())) {
            return List.of(Paragraph.note("The gate decided on other pictures than these; it has to decide again."));
        }
        Decision decision = Decider.decide(inputs);
        List<Block> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>(decision.notices());
        lines.addAll(decision.overall().reasons());
        if (!decision.trade().isEmpty()) {
            lines.add(decision.trade());
        }
        Action action = decision.overall().action();
        blocks.add(new Callout(
                action == Action.SHIP ? Tone.GOOD : decision.verdict() == Verdict.FAIL ? Tone.BAD : Tone.CAUTION,
                action.id().toUpperCase(Locale.ROOT) + " (" + decision.verdict().id() + ") against "
                        + inputs.runs().baseline(),
                lines));
        blocks.add(rules(decision));
        if (!decision.routes().isEmpty()) {
            blocks.add(routes(decision));
        }
        for (Lead lead : decision.leads()) {
            blocks.add(Paragraph.of("Look at: " + lead.symptom() + ": " + String.join(", ", lead.look()) + ". "
                    + lead.evidence() + "."));
        }
        return blocks;
    }

    private static Table rules(Decision decision) {
        List<List<Cell>> rows = new ArrayList<>();
        for (RuleVerdict rule : decision.rules()) {
            rows.add(List.of(
                    Cell.text(rule.rule()),
                    Cell.text(Wording.cohort(rule.cohort())),
                    new Cell.Badge(rule.verdict().id(), tone(rule.verdict())),
                    Cell.text(rule.role().id()),
                    new Cell.Text(rule.sentence(), rule.overridden().isEmpty() ? rule.change() : rule.overridden())));
        }
        return new Table(
                "Rules of the policy",
                List.of(
                        Table.Column.text("Rule"),
                        Table.Column.text("Where"),
                        Table.Column.text("Verdict"),
                        Table.Column.text("Role"),
                        Table.Column.text("Numbers, and what would change it")),
                rows);
    }

    private static Tone tone(Verdict verdict) {
        return verdict == Verdict.PASS ? Tone.GOOD : verdict == Verdict.FAIL ? Tone.BAD : Tone.CAUTION;
    }

    private static Table routes(Decision decision) {
        return new Table(
                "Where pictures are best made",
                List.of(Table.Column.text("Cohort"), Table.Column.text("Run"), Table.Column.text("Because")),
                decision.routes().stream()
                        .map(route -> List.of(
                                Cell.text(Wording.cohort(route.cohort())),
                                Cell.text(route.choice().orElse("neither")),
                                Cell.text(route.reason())))
                        .toList());
    }
}
