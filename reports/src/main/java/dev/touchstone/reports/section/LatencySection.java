package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.reports.chart.LatencyChart;
import dev.touchstone.reports.chart.StackChart;
import dev.touchstone.reports.chart.StackChart.Hue;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How long requests took and where the time went. */
final class LatencySection implements SectionWriter {

    private static final String PHASE = "phase.";
    private static final List<String> QUANTILES = List.of("p50", "p90", "p95", "p99");

    @Override
    public Section write(RunEvidence evidence) {
        List<CohortSummary> cohorts = evidence.charted();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                Paragraph.of(
                        "Per request, over the requests that were answered; warm-up is left out. A quantile is withheld"
                                + " where the sample is too small to limit it on both sides, and says how many requests it would need."));
        if (closedLoop(evidence)) {
            blocks.add(
                    Paragraph.note(
                            "Closed loop: each request was sent when the one before it was done, so intended start"
                                    + " and sending are one, nothing waits in a queue, and latency under load is not measured."));
        }
        List<LatencyChart.Row> samples = cohorts.stream()
                .map(cohort -> new LatencyChart.Row(
                        Wording.cohort(cohort.key()), evidence.samples().seconds(cohort.key(), "end-to-end")))
                .toList();
        Optional<? extends Block> chart = LatencyChart.of("latency", "End-to-end latency by cohort", samples);
        blocks.add(chart.isPresent() ? chart.get() : Paragraph.of("No request was answered, so there is no latency."));
        blocks.add(part("latency-end-to-end", "End-to-end latency", quantiles(cohorts, "end-to-end")));
        blocks.add(part("latency-first-image", "Time to first image", quantiles(cohorts, "first-image")));
        blocks.add(phases(cohorts));
        return new Section("latency", "Latency", blocks);
    }

    private static boolean closedLoop(RunEvidence evidence) {
        return !evidence.images().isEmpty()
                && evidence.images().stream()
                        .map(ImageRecord::request)
                        .allMatch(times -> times.intendedStartSeconds() == times.sentSeconds());
    }

    private static Section part(String id, String title, Block block) {
        return new Section(id, title, List.of(block));
    }

    private static Table quantiles(List<CohortSummary> cohorts, String measure) {
        List<Table.Column> columns = new ArrayList<>();
        columns.add(Table.Column.text("Cohort"));
        QUANTILES.forEach(name -> columns.add(Table.Column.number(name)));
        columns.add(Table.Column.number("Mean"));
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(Wording.cohort(cohort.key())));
            QUANTILES.forEach(name -> row.add(Cell.of(CohortFigures.quantile(cohort, measure, name))));
            row.add(Cell.of(CohortFigures.mean(cohort, measure)));
            rows.add(row);
        }
        return new Table("", columns, rows);
    }

    private static Section phases(List<CohortSummary> cohorts) {
        List<String> measures = cohorts.stream()
                .flatMap(cohort -> cohort.latencies().stream())
                .map(Latency::measure)
                .filter(measure -> measure.startsWith(PHASE))
                .distinct()
                .toList();
        List<Table.Column> columns = new ArrayList<>();
        columns.add(Table.Column.text("Cohort"));
        measures.forEach(measure -> columns.add(Table.Column.number(Wording.measure(measure))));
        List<List<Cell>> rows = new ArrayList<>();
        List<StackChart.Row> bars = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            List<Cell> row = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            row.add(Cell.text(Wording.cohort(cohort.key())));
            for (String measure : measures) {
                Figure mean = CohortFigures.mean(cohort, measure);
                row.add(Cell.of(mean));
                mean.known().ifPresent(known -> values.add(known.value()));
            }
            rows.add(row);
            boolean whole = values.size() == measures.size();
            double total = values.stream().mapToDouble(Double::doubleValue).sum();
            bars.add(new StackChart.Row(
                    Wording.cohort(cohort.key()),
                    whole ? Decimals.of(total) + " s" : "",
                    whole ? values : List.of(),
                    "no answered requests"));
        }
        Table table = new Table("Mean seconds per request in each phase", columns, rows);
        StackChart.Layout layout = new StackChart.Layout(
                "Where the time of a request goes",
                "Mean seconds per request in each phase; phases do not overlap.",
                "seconds per request",
                "s",
                measures.stream()
                        .map(measure -> new StackChart.Part(measure.substring(PHASE.length()), hue(measure)))
                        .toList());
        Block shown = StackChart.of("phases", layout, bars, table)
                .<Block>map(chart -> chart)
                .orElseGet(() -> Paragraph.of("No phases were recorded."));
        return part("latency-phases", "Phases", shown);
    }

    private static Hue hue(String measure) {
        return switch (measure.substring(PHASE.length())) {
            case "queued" -> Hue.SAND;
            case "loading" -> Hue.RED;
            case "warming" -> Hue.AMBER;
            case "encoding" -> Hue.VIOLET;
            case "sampling" -> Hue.BLUE;
            case "decoding" -> Hue.SKY;
            case "judging" -> Hue.AMBER;
            case "saving" -> Hue.GREEN;
            default -> Hue.GREY;
        };
    }
}
