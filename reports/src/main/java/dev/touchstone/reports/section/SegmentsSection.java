package dev.touchstone.reports.section;

import dev.touchstone.eval.cohort.CohortContrasts;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The same numbers along every cohort axis, shaded where a cohort differs from the rest of the run. */
final class SegmentsSection implements SectionWriter {

    private static final List<String> FIRST_METRICS = List.of("adherence", "kid", "fid");

    /**
     * A column: its title, the figure of a cohort, and what its comparison with the rest of the run is called; empty where every
     * cohort is measured against something of its own.
     */
    private record Measure(String title, Function<CohortSummary, Figure> figure, Optional<String> contrast) {

        Measure(String title, Function<CohortSummary, Figure> figure, String contrast) {
            this(title, figure, Optional.of(contrast));
        }

        Cell cell(CohortSummary cohort, RunEvidence evidence) {
            Figure own = figure.apply(cohort);
            return contrast.map(name -> Leaning.cell(
                            own,
                            figure.apply(evidence.overall()),
                            evidence.contrasts().of(cohort.key(), name)))
                    .orElseGet(() -> Cell.of(own));
        }
    }

    @Override
    public Section write(RunEvidence evidence) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(Leaning.READING));
        SmallSets.warning(evidence).ifPresent(blocks::add);
        List<Measure> quality = quality(evidence);
        List<Measure> speed = speed(evidence);
        for (String axis : evidence.evaluation().conditions().axes()) {
            String id = "segments-" + axis.replace("*", "-by-").replace('_', '-');
            List<CohortSummary> cohorts = evidence.along(axis);
            List<Block> tables = cohorts.isEmpty()
                    ? List.of(Paragraph.of("The run has no cohorts on this axis."))
                    : List.of(
                            table("Quality", evidence, cohorts, quality),
                            table("Speed and cost", evidence, cohorts, speed));
            blocks.add(new Section(id, Wording.axis(axis), tables));
        }
        return new Section("segments", "Segments", blocks);
    }

    private static List<Measure> quality(RunEvidence evidence) {
        Money money = Money.of(evidence);
        List<Measure> measures = new ArrayList<>(List.of(
                new Measure("Usable", CohortFigures::usableRate, CohortContrasts.USABLE),
                new Measure(
                        "Cost " + money.per("usable image"),
                        cohort -> money.of(cohort.cost().perUsableImage()),
                        CohortContrasts.COST_PER_USABLE_IMAGE)));
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
                quantile("First image p50", "first-image", "p50"),
                quantile("Latency p50", "end-to-end", "p50"),
                quantile("Latency p90", "end-to-end", "p90"),
                new Measure("Throughput", CohortSummary::throughput, CohortContrasts.THROUGHPUT),
                new Measure(
                        "Cost " + money.per("image"),
                        cohort -> money.of(cohort.cost().perImage()),
                        CohortContrasts.COST_PER_IMAGE));
    }

    private static Measure quantile(String title, String measure, String quantile) {
        return new Measure(
                title,
                cohort -> CohortFigures.quantile(cohort, measure, quantile),
                CohortContrasts.quantile(measure, quantile));
    }

    private static Measure measure(MetricWording wording, String metric) {
        Optional<String> contrast = wording.ofSets(metric) ? Optional.empty() : Optional.of(metric);
        return new Measure(wording.title(metric), cohort -> CohortFigures.metric(cohort, metric), contrast);
    }

    private static Table table(
            String caption, RunEvidence evidence, List<CohortSummary> cohorts, List<Measure> measures) {
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
            measures.forEach(measure -> row.add(measure.cell(cohort, evidence)));
            row.add(Cell.count(counts.images() - counts.complete()));
            rows.add(row);
        }
        return new Table(caption, columns, rows);
    }
}
