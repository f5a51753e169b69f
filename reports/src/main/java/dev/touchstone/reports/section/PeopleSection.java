package dev.touchstone.reports.section;

import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Usability;
import dev.touchstone.eval.result.Evaluation.AgreementOn;
import dev.touchstone.eval.result.Evaluation.Labelling;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.KeyValues;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who judged what, and how far people agree. */
final class PeopleSection implements SectionWriter {

    @Override
    public Section write(RunEvidence evidence) {
        Labelling labelling = evidence.evaluation().labelling();
        List<Block> blocks = new ArrayList<>();
        LabelCounts counts = labelling.counts();
        if (counts.current() == 0) {
            blocks.add(Paragraph.of("No votes of people count for this run."));
        }
        if (counts.current() + counts.superseded() + counts.stale() > 0) {
            blocks.add(votes(labelling));
        }
        if (counts.current() > 0) {
            blocks.add(verdicts(evidence));
            flaws(evidence, blocks);
        }
        blocks.add(agreement(labelling));
        return new Section("people", "What people said", blocks);
    }

    private static KeyValues votes(Labelling labelling) {
        LabelCounts counts = labelling.counts();
        return new KeyValues(
                List.of(
                        count("Votes that count", counts.current()),
                        count("Reviewers", labelling.reviewers()),
                        count("Pictures judged", labelling.judgedImages()),
                        count("Verdicts", counts.verdicts()),
                        count("Ties", counts.ties()),
                        count("Replaced by a later vote", counts.superseded()),
                        count("Stale, set aside", counts.stale()),
                        count("Matched by what the picture shows", counts.matchedByFingerprint())),
                KeyValues.Emphasis.LIST);
    }

    private static KeyValues.Entry count(String label, int value) {
        return new KeyValues.Entry(label, Cell.count(value));
    }

    private static Table verdicts(RunEvidence evidence) {
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortSummary cohort : evidence.charted()) {
            Usability usability = cohort.quality().usability();
            rows.add(List.of(
                    Cell.text(Wording.cohort(cohort.key())),
                    Cell.of(CohortFigures.usableRate(cohort)),
                    Cell.count(usability.usable()),
                    Cell.count(usability.rejected()),
                    Cell.count(usability.ties()),
                    Cell.count(usability.unjudged())));
        }
        return new Table(
                "\u201cI can use this\u201d",
                List.of(
                        Table.Column.text("Cohort"),
                        Table.Column.number("Usable rate"),
                        Table.Column.number("Usable"),
                        Table.Column.number("Rejected"),
                        Table.Column.number("Tied"),
                        Table.Column.number("Not judged")),
                rows);
    }

    private static void flaws(RunEvidence evidence, List<Block> blocks) {
        Map<String, Integer> flaws = evidence.overall().quality().flaws();
        if (flaws.isEmpty()) {
            return;
        }
        List<List<Cell>> rows = flaws.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(flaw -> List.of(Cell.text(flaw.getKey()), Cell.count(flaw.getValue())))
                .toList();
        blocks.add(new Table(
                "Flaws that people named", List.of(Table.Column.text("Flaw"), Table.Column.number("Pictures")), rows));
    }

    private static Section agreement(Labelling labelling) {
        Block block;
        if (labelling.agreements().isEmpty()) {
            block = Paragraph.of(
                    labelling.reviewers() < 2
                            ? "Agreement needs two reviewers or more; this run has " + labelling.reviewers() + "."
                            : "No question was answered by two reviewers or more.");
        } else {
            List<List<Cell>> rows = new ArrayList<>();
            for (AgreementOn on : labelling.agreements()) {
                rows.add(List.of(Cell.text(on.question()), Cell.of(on.alpha()), Cell.of(on.ac1())));
            }
            block = new Table(
                    "1 is perfect agreement, 0 is what chance would give",
                    List.of(
                            Table.Column.text("Question"),
                            Table.Column.number("Krippendorff\u2019s alpha"),
                            Table.Column.number("Gwet\u2019s AC1")),
                    rows);
        }
        return new Section("people-agreement", "Agreement between reviewers", List.of(block));
    }
}
