package dev.touchstone.reports.section;

import dev.touchstone.eval.cohort.CohortContrasts;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.eval.result.CohortSummary.Usability;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Callout;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.KeyValues;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.model.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The facts a decision needs, of the run and of each cohort, and what stands in the way of one. */
final class SummarySection implements SectionWriter {

    @Override
    public Section write(RunEvidence evidence) {
        CohortSummary all = evidence.overall();
        Money money = Money.of(evidence);
        List<Block> blocks = new ArrayList<>();
        blocks.addAll(DecisionBlocks.of(evidence));
        blocks.add(headline(evidence, all, money));
        gaps(evidence, blocks);
        blocks.add(table(evidence, money));
        blocks.add(Paragraph.note(Leaning.READING));
        return new Section("decision", "The facts a decision needs", blocks);
    }

    private static KeyValues headline(RunEvidence evidence, CohortSummary all, Money money) {
        boolean judged = !(all.cost().perUsableImage() instanceof Figure.Unscored);
        KeyValues.Entry cost = judged
                ? entry("Cost " + money.per("usable image"), money.of(all.cost().perUsableImage()))
                : entry("Cost " + money.per("image"), money.of(all.cost().perImage()));
        return new KeyValues(
                List.of(
                        entry(
                                "Usable"
                                        + Wording.judges(evidence.evaluation()
                                                .labelling()
                                                .reviewers()),
                                CohortFigures.usableRate(all)),
                        cost,
                        entry("End-to-end latency, median", CohortFigures.quantile(all, "end-to-end", "p50")),
                        entry("Adherence to the prompt", CohortFigures.metric(all, "adherence"))),
                KeyValues.Emphasis.HEADLINE);
    }

    private static KeyValues.Entry entry(String label, Figure figure) {
        return new KeyValues.Entry(label, Cell.of(figure));
    }

    /** What a reader must know before trusting the table. */
    private static void gaps(RunEvidence evidence, List<Block> blocks) {
        Counts counts = evidence.overall().counts();
        int lost = counts.images() - counts.complete();
        if (lost > 0) {
            blocks.add(new Callout(
                    Tone.BAD,
                    Decimals.of(lost) + " of " + Wording.images(counts.images()) + " were not made",
                    List.of(Decimals.of(counts.failed()) + " failed, " + Decimals.of(counts.moderated())
                            + " refused by policy, " + Decimals.of(counts.missing())
                            + " missing. They are paid for, and counted in the cost.")));
        }
        List<String> lines = new ArrayList<>();
        Usability usability = evidence.overall().quality().usability();
        if (usability.usable() + usability.rejected() == 0) {
            lines.add("No picture has a verdict of people, so there is no usable rate and no cost per usable image.");
        } else if (usability.unjudged() + usability.ties() > 0) {
            lines.add(Decimals.of(usability.unjudged() + usability.ties()) + " of " + Wording.images(counts.complete())
                    + " have no verdict (" + Decimals.of(usability.ties())
                    + " of them tied). They are not counted as rejects.");
        }
        List<String> unlabelled = evidence.charted().stream()
                .skip(1)
                .filter(cohort -> cohort.quality().usability().rate() instanceof Figure.Unscored)
                .map(cohort -> Wording.cohort(cohort.key()))
                .toList();
        if (!unlabelled.isEmpty() && usability.usable() + usability.rejected() > 0) {
            lines.add("Without labels: " + String.join(", ", unlabelled) + ".");
        }
        int stale = evidence.evaluation().labelling().counts().stale();
        if (stale > 0) {
            lines.add(Decimals.of(stale) + (stale == 1 ? " vote was" : " votes were")
                    + " given to a picture that has changed since, and set aside.");
        }
        if (evidence.evaluation().labelling().reviewers() == 1) {
            lines.add("One person judged the pictures, so agreement between people is unknown.");
        }
        if (evidence.header().model().containsKey("bestOf")) {
            lines.add("How much of the adherence is the model's: each picture was chosen among "
                    + evidence.header().model().get("bestOf") + " by "
                    + evidence.header().model().get("judge")
                    + ", and adherence by that network is flattered by the choice.");
        }
        if (!lines.isEmpty()) {
            blocks.add(new Callout(Tone.CAUTION, "What is not known", lines));
        }
    }

    private static Table table(RunEvidence evidence, Money money) {
        CohortSummary all = evidence.overall();
        CohortContrasts against = evidence.contrasts();
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortSummary cohort : evidence.charted()) {
            Counts counts = cohort.counts();
            int lost = counts.images() - counts.complete();
            rows.add(List.of(
                    new Cell.Text(
                            Wording.cohort(cohort.key()),
                            Wording.prompts(counts.prompts()) + ", " + Wording.images(counts.images())),
                    Leaning.cell(
                            CohortFigures.usableRate(cohort),
                            CohortFigures.usableRate(all),
                            against.of(cohort.key(), CohortContrasts.USABLE)),
                    Leaning.cell(
                            money.of(cohort.cost().perUsableImage()),
                            money.of(all.cost().perUsableImage()),
                            against.of(cohort.key(), CohortContrasts.COST_PER_USABLE_IMAGE)),
                    latency(evidence, cohort, "p50"),
                    latency(evidence, cohort, "p90"),
                    Leaning.cell(
                            CohortFigures.metric(cohort, "adherence"),
                            CohortFigures.metric(all, "adherence"),
                            against.of(cohort.key(), "adherence")),
                    Cell.of(CohortFigures.metric(cohort, "kid")),
                    Cell.count(lost)));
        }
        return new Table(
                "Facts by " + Wording.axis(evidence.chartedAxis()).toLowerCase(Locale.ROOT),
                List.of(
                        Table.Column.text("Cohort"),
                        Table.Column.number("Usable"),
                        Table.Column.number("Cost " + money.per("usable image")),
                        Table.Column.number("Latency p50"),
                        Table.Column.number("Latency p90"),
                        Table.Column.number("Adherence"),
                        Table.Column.number("KID"),
                        Table.Column.number("Not made")),
                rows);
    }

    private static Cell latency(RunEvidence evidence, CohortSummary cohort, String quantile) {
        return Leaning.cell(
                CohortFigures.quantile(cohort, "end-to-end", quantile),
                CohortFigures.quantile(evidence.overall(), "end-to-end", quantile),
                evidence.contrasts().of(cohort.key(), CohortContrasts.quantile("end-to-end", quantile)));
    }
}
