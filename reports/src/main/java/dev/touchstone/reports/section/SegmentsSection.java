package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** The same numbers along every cohort axis, shaded where a cohort differs from the run as a whole. */
final class SegmentsSection implements SectionWriter {

    private static final List<String> FIRST_METRICS = List.of("adherence", "kid", "fid");

    /** A column: its title, and the figure of a cohort. */
    private record Measure(String title, Function<CohortSummary, Figure> figure, Yardstick yardstick) {

        Measure(String title, Function<CohortSummary, Figure> figure) {
            this(title, figure, Yardstick.SAME);
        }

        Cell cell(CohortSummary cohort, CohortSummary all) {
            Figure own = figure.apply(cohort);
            return yardstick == Yardstick.SAME ? Leaning.cell(own, figure.apply(all)) : Cell.of(own);
        }
    }

    /** Whether cohorts are measured against the same thing, so that they can be set against the run as a whole. */
    private enum Yardstick {
        SAME,
        OWN
    }

    @Override
    public Section write(RunEvidence evidence) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(Leaning.READING));
        List<Measure> quality = quality(evidence);
        List<Measure> speed = speed(evidence);
        for (String axis : evidence.evaluation().conditions().axes()) {
            String id = "segments-" + axis.replace("*", "-by-").replace('_', '-');
            List<CohortSummary> cohorts = evidence.along(axis);
            List<Block> tables = cohorts.isEmpty()
                    ? List.of(Paragraph.of("The run has no cohorts on this axis."))
                    : List.of(
                            table("Quality", evidence.overall(), cohorts, quality),
                            table("Speed and cost", evidence.overall(), cohorts, speed));
            blocks.add(new Section(id, Wording.axis(axis), tables));
        }
        return new Section("segments", "Segments", blocks);
    }

    private static List<Measure> quality(RunEvidence evidence) {
        Money money = Money.of(evidence);
        List<Measure> measures = new ArrayList<>(List.of(
                new Measure("Usable", CohortFigures::usableRate),
                new Measure(
                        "Cost " + money.per("usable image"),
                        cohort -> money.of(cohort.cost().perUsableImage()))));
        TreeSet<String> metrics = new TreeSet<>();
        evidence.evaluation()
                .cohorts()
                .forEach(cohort -> cohort.quality().metrics().keySet().forEach(metric -> metrics.add(metric.metric())));
        MetricWording wording = MetricWording.installed();
        FIRST_METRICS.stream().filter(metrics::remove).forEach(metric -> measures.add(measure(wording, metric)));
        metrics.forEach(metric -> measures.add(measure(wording, metric)));
        return measures;
    }

    private static List<Measure> speed(RunEvidence evidence) {
        Money money = Money.of(evidence);
        return List.of(
                new Measure("First image p50", cohort -> CohortFigures.quantile(cohort, "first-image", "p50")),
                new Measure("Latency p50", cohort -> CohortFigures.quantile(cohort, "end-to-end", "p50")),
                new Measure("Latency p90", cohort -> CohortFigures.quantile(cohort, "end-to-end", "p90")),
                new Measure("Throughput", CohortSummary::throughput),
                new Measure(
                        "Cost " + money.per("image"),
                        cohort -> money.of(cohort.cost().perImage())));
    }

    private static Measure measure(MetricWording wording, String metric) {
        Yardstick yardstick = wording.ofSets(metric) ? Yardstick.OWN : Yardstick.SAME;
        return new Measure(wording.title(metric), cohort -> CohortFigures.metric(cohort, metric), yardstick);
    }

    private static Table table(String caption, CohortSummary all, List<CohortSummary> cohorts, List<Measure> measures) {
        List<Table.Column> columns = new ArrayList<>();
        columns.add(Table.Column.text("Cohort"));
        measures.forEach(measure -> columns.add(Table.Column.number(measure.title())));
        columns.add(Table.Column.number("Not made"));
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            Counts counts = cohort.counts();
            List<Cell> row = new ArrayList<>();
            row.add(new Cell.Text(
                    Wording.cohort(cohort.key()),
                    Wording.prompts(counts.prompts()) + ", " + Wording.images(counts.images())));
            measures.forEach(measure -> row.add(measure.cell(cohort, all)));
            row.add(Cell.count(counts.images() - counts.complete()));
            rows.add(row);
        }
        return new Table(caption, columns, rows);
    }
}
