package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;

/** What the run as a whole came to: one line per number. */
final class OutcomesSection implements SectionWriter {

    @Override
    public Section write(RunEvidence evidence) {
        CohortSummary all = evidence.overall();
        Money money = Money.of(evidence);
        String level = Decimals.of(100 * evidence.evaluation().conditions().level(), 0) + " %";
        return new Section(
                "outcomes",
                "Core outcomes",
                List.of(
                        Paragraph.of("All images of the run together. Below each value stand its " + level
                                + " interval, where there is one, and n, the number of observations behind it."),
                        table(all, money)));
    }

    private static Table table(CohortSummary all, Money money) {
        List<List<Cell>> rows = new ArrayList<>();
        Counts counts = all.counts();
        rows.add(List.of(
                new Cell.Text("Images made", "of " + Decimals.of(counts.images()) + " asked for"),
                Cell.count(counts.complete()),
                Cell.text(Decimals.of(counts.failed()) + " failed, " + Decimals.of(counts.moderated())
                        + " refused by policy, " + Decimals.of(counts.missing()) + " missing")));
        add(rows, "Time to first image, p50", CohortFigures.quantile(all, "first-image", "p50"));
        add(rows, "End-to-end latency, p50", CohortFigures.quantile(all, "end-to-end", "p50"));
        add(rows, "End-to-end latency, p90", CohortFigures.quantile(all, "end-to-end", "p90"));
        add(rows, "Throughput", all.throughput());
        add(rows, "Usable rate", CohortFigures.usableRate(all));
        Figure perImage = money.of(all.cost().perImage());
        rows.add(List.of(
                Cell.text("Cost " + money.per("image")),
                Cell.of(perImage),
                new Cell.Text(method(perImage), PaidFor.note(all))));
        add(rows, "Cost " + money.per("usable image"), money.of(all.cost().perUsableImage()));
        MetricWording wording = MetricWording.installed();
        all.quality().metrics().forEach((metric, figure) -> {
            Figure shown = CohortFigures.shown(metric.metric(), figure.figure());
            String note = CohortFigures.floor(all, metric.metric())
                    .map(floor -> "golden against golden " + Decimals.of(floor.mean()) + ", 95th percentile "
                            + Decimals.of(floor.high()) + ", n\u00a0" + Decimals.of(floor.n()))
                    .orElse("");
            rows.add(List.of(
                    new Cell.Text(wording.title(metric), metric.toString()),
                    Cell.of(shown),
                    new Cell.Text(method(shown), note)));
        });
        return new Table(
                "",
                List.of(
                        Table.Column.text("Outcome"),
                        Table.Column.number("Value"),
                        Table.Column.text("How it was computed")),
                rows);
    }

    private static void add(List<List<Cell>> rows, String name, Figure figure) {
        rows.add(List.of(Cell.text(name), Cell.of(figure), Cell.text(method(figure))));
    }

    private static String method(Figure figure) {
        if (figure instanceof Figure.Known known) {
            return known.method();
        }
        return figure instanceof Figure.AtLeast atLeast ? atLeast.method() : "no number";
    }
}
