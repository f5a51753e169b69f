package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.VarianceSplit;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.reports.chart.IntervalChart;
import dev.touchstone.reports.chart.StackChart;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.FigureText;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What metrics say about the pictures, what they cost when usable, and how evenly good they are. */
final class QualitySection implements SectionWriter {

    /** Distances that every report shows first, measured or not. */
    private static final List<String> FIRST_DISTANCES = List.of("kid", "fid");

    @Override
    public Section write(RunEvidence evidence) {
        List<CohortSummary> cohorts = evidence.charted();
        List<Block> blocks = new ArrayList<>();
        blocks.add(usable(evidence, cohorts));
        blocks.add(distances(cohorts));
        blocks.add(perImage(cohorts));
        blocks.add(new Section("quality-attributes", "Adherence by attribute", AttributeTable.of(evidence)));
        blocks.add(spread(cohorts));
        return new Section("quality", "Quality and cost of quality", blocks);
    }

    private static Section usable(RunEvidence evidence, List<CohortSummary> cohorts) {
        Money money = Money.of(evidence);
        List<IntervalChart.Row> rows = new ArrayList<>();
        List<List<Cell>> cells = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            Figure cost = money.of(cohort.cost().perUsableImage());
            rows.add(new IntervalChart.Row(Wording.cohort(cohort.key()), cost, Optional.empty()));
            cells.add(List.of(
                    Cell.text(Wording.cohort(cohort.key())),
                    Cell.of(cost),
                    Cell.of(money.of(cohort.cost().perImage())),
                    Cell.of(CohortFigures.usableRate(cohort))));
        }
        Table table = new Table(
                "Cost " + money.per("usable image"),
                List.of(
                        Table.Column.text("Cohort"),
                        Table.Column.number("Cost " + money.per("usable image")),
                        Table.Column.number("Cost " + money.per("image")),
                        Table.Column.number("Usable")),
                cells);
        IntervalChart.Layout layout = new IntervalChart.Layout(
                "Cost per usable image by cohort",
                "The dot is the estimate, the line its interval; a line that runs off the edge has no upper end.",
                money.currency() + " " + money.per("usable image"));
        Block block = IntervalChart.of("cost", layout, rows, table)
                .<Block>map(chart -> chart)
                .orElse(table);
        return new Section("quality-cost", "Cost per usable image", List.of(block));
    }

    private static Section distances(List<CohortSummary> cohorts) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(
                "FID and KID compare the pictures of a cohort with the golden set. The noise floor is golden against golden:"
                        + " as many golden pictures, of as many prompts with as many pictures each, against all other golden"
                        + " pictures, in 200 draws. A number inside the floor shows no difference. Every cohort has golden"
                        + " pictures of its own, so read it against its own floor. KID leaves pairs of pictures of one prompt"
                        + " out, which are alike in any model."));
        if (cohorts.stream().anyMatch(SmallSets::small)) {
            blocks.add(Paragraph.note(SmallSets.words()));
        }
        MetricWording wording = MetricWording.installed();
        Set<String> metrics = new LinkedHashSet<>(FIRST_DISTANCES);
        metrics.addAll(names(cohorts, wording::ofSets));
        metrics.forEach(metric -> blocks.add(distance(wording, cohorts, metric)));
        return new Section("quality-distance", "Distance to the golden set", blocks);
    }

    /** Names of the metrics that cohorts have values of, whatever their networks. */
    private static TreeSet<String> names(List<CohortSummary> cohorts, Predicate<String> wanted) {
        TreeSet<String> names = new TreeSet<>();
        cohorts.forEach(cohort -> cohort.quality().metrics().keySet().stream()
                .map(MetricId::metric)
                .filter(wanted)
                .forEach(names::add));
        return names;
    }

    private static Block distance(MetricWording wording, List<CohortSummary> cohorts, String metric) {
        String name = wording.title(metric);
        List<List<Cell>> cells = new ArrayList<>();
        List<IntervalChart.Row> rows = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            Figure figure = CohortFigures.metric(cohort, metric);
            rows.add(new IntervalChart.Row(Wording.cohort(cohort.key()), figure, CohortFigures.floor(cohort, metric)));
            cells.add(List.of(
                    Cell.text(Wording.cohort(cohort.key())),
                    Cell.of(figure),
                    CohortFigures.floorCell(cohort, metric),
                    CohortFigures.aboveFloor(cohort, metric)));
        }
        Table table = new Table(
                name,
                List.of(
                        Table.Column.text("Cohort"),
                        Table.Column.number(name),
                        Table.Column.number("Noise floor"),
                        Table.Column.number("Above the floor")),
                cells);
        String reading = (wording.lowerIsBetter(metric) ? "Lower" : "Higher")
                + " is better. The dot is the estimate, the line its interval where there is one. The shaded ground"
                + " reaches to the 95th percentile of golden-against-golden draws.";
        return IntervalChart.of(
                        metric, new IntervalChart.Layout(name + " against the golden set", reading, name), rows, table)
                .<Block>map(chart -> chart)
                .orElse(table);
    }

    private static Section perImage(List<CohortSummary> cohorts) {
        MetricWording wording = MetricWording.installed();
        TreeSet<String> metrics = names(cohorts, name -> !wording.ofSets(name));
        if (metrics.isEmpty()) {
            return new Section(
                    "quality-images", "Picture by picture", List.of(Paragraph.of("The pictures are not scored.")));
        }
        List<Table.Column> columns = new ArrayList<>();
        columns.add(Table.Column.text("Cohort"));
        metrics.forEach(metric -> columns.add(Table.Column.number(wording.title(metric))));
        List<List<Cell>> rows = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(Wording.cohort(cohort.key())));
            metrics.forEach(metric -> row.add(Cell.of(CohortFigures.metric(cohort, metric))));
            rows.add(row);
        }
        return new Section(
                "quality-images",
                "Picture by picture",
                List.of(
                        Paragraph.note(
                                "Means over pictures, with intervals over prompts. LPIPS to target and to golden reference:"
                                        + " lower is closer. LPIPS within a prompt: near 0 means that the seed is ignored."),
                        new Table("", columns, rows)));
    }

    private static Section spread(List<CohortSummary> cohorts) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                Paragraph.of(
                        "Does quality depend on what is asked, or on luck? The variance of adherence is split into a part"
                                + " between prompts and a part between seeds of one prompt. Much variance between seeds means rerolls."));
        List<StackChart.Row> bars = new ArrayList<>();
        List<List<Cell>> cells = new ArrayList<>();
        for (CohortSummary cohort : cohorts) {
            cohort.quality().variances().stream()
                    .filter(split -> split.metric().metric().equals(Adherence.METRIC))
                    .forEach(split -> spread(cohort, split, bars, cells));
        }
        if (bars.isEmpty()) {
            blocks.add(Paragraph.of("Adherence is not scored, so there is no spread."));
            return new Section("quality-spread", "Spread between prompts and between seeds", blocks);
        }
        Table table = new Table(
                "Spread of adherence",
                List.of(
                        Table.Column.text("Cohort"),
                        Table.Column.number("Standard deviation"),
                        Table.Column.number("Median absolute deviation"),
                        Table.Column.number("Between prompts"),
                        Table.Column.number("Between seeds")),
                cells);
        StackChart.Layout layout = new StackChart.Layout(
                "Where the spread of adherence lies",
                "Each bar is the standard deviation of adherence, shared out by variance.",
                "percentage points",
                "points",
                List.of(
                        new StackChart.Part("between prompts", StackChart.Hue.BLUE),
                        new StackChart.Part("between seeds", StackChart.Hue.AMBER)));
        blocks.add(StackChart.of("spread", layout, bars, table)
                .<Block>map(chart -> chart)
                .orElse(table));
        return new Section("quality-spread", "Spread between prompts and between seeds", blocks);
    }

    private static void spread(
            CohortSummary cohort, VarianceSplit split, List<StackChart.Row> bars, List<List<Cell>> cells) {
        String name = Wording.cohort(cohort.key());
        Figure deviation = Rescaled.by(split.standardDeviation(), 100, "points");
        Figure prompts = Rescaled.percent(split.betweenPrompts());
        Figure seeds = Rescaled.percent(split.betweenSeeds());
        cells.add(List.of(
                new Cell.Text(name, split.remark()),
                Cell.of(deviation),
                Cell.of(Rescaled.by(split.medianAbsoluteDeviation(), 100, "points")),
                Cell.of(prompts),
                Cell.of(seeds)));
        if (deviation instanceof Figure.Known whole && split.betweenPrompts() instanceof Figure.Known share) {
            FigureText text = FigureText.of(seeds);
            bars.add(new StackChart.Row(
                    name,
                    Decimals.of(whole.value()) + " points, " + text.value() + " % between seeds",
                    List.of(whole.value() * share.value(), whole.value() * (1 - share.value())),
                    ""));
        } else {
            bars.add(new StackChart.Row(
                    name, "", List.of(), FigureText.of(split.betweenPrompts()).value()));
        }
    }
}
