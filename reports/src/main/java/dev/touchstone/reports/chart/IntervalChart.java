package dev.touchstone.reports.chart;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.reports.model.Chart;
import dev.touchstone.reports.model.FigureText;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jfree.data.Range;

/** One figure per cohort with its interval. An interval without an end runs off the edge; a figure that is not there has words. */
public final class IntervalChart {

    private IntervalChart() {}

    /**
     * What all rows have in common.
     *
     * @param title one line
     * @param reading how to read it, one sentence
     * @param axis label of the axis of values
     */
    public record Layout(String title, String reading, String axis) {}

    /**
     * A cohort.
     *
     * @param name its label
     * @param figure its number
     * @param floor what there would be without a difference, where that is known
     */
    public record Row(String name, Figure figure, Optional<Floor> floor) {}

    /**
     * What a figure is when there is nothing to find.
     *
     * @param mean over repeats
     * @param high what 95 % of the repeats stay below
     * @param n behind each repeat
     */
    public record Floor(double mean, double high, long n) {}

    /** Empty if no row has a number. */
    public static Optional<Chart> of(String id, Layout layout, List<Row> rows, Table data) {
        Optional<Range> range = range(rows);
        return range.map(found -> new Chart(
                layout.title(),
                summary(layout, rows),
                layout.reading(),
                draw(id, layout, rows, found, ChartFormat.WIDE),
                draw(id, layout, rows, found, ChartFormat.NARROW),
                data));
    }

    private static Chart.Svg draw(String id, Layout layout, List<Row> rows, Range range, ChartFormat format) {
        RowPlot plot = new RowPlot(format, rows.size(), range, layout.axis());
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.figure() instanceof Figure.Known known) {
                FigureText text = FigureText.of(known);
                plot.label(i, row.name(), format == ChartFormat.WIDE ? text.line() : text.value());
                int here = i;
                known.interval().ifPresent(interval -> interval(plot, here, interval, range));
                values.add(new double[] {known.value(), plot.height(i, 0.28)});
            } else if (row.figure() instanceof Figure.AtLeast atLeast) {
                plot.label(i, row.name(), FigureText.of(atLeast).value());
                interval(plot, i, new Interval(atLeast.bound(), Double.POSITIVE_INFINITY, atLeast.level()), range);
            } else {
                plot.label(i, row.name(), "");
                plot.words(i, FigureText.of(row.figure()).value());
            }
            int at = i;
            row.floor().ifPresent(floor -> {
                plot.box(
                        at,
                        range.getLowerBound(),
                        floor.high(),
                        0.06,
                        0.5,
                        ChartTheme.translucent(ChartTheme.ORANGE, 0.2));
                plot.vertical(at, floor.mean(), 0.06, 0.5, ChartTheme.ORANGE);
            });
        }
        if (rows.stream().anyMatch(row -> row.floor().isPresent())) {
            plot.legend("noise floor", ChartTheme.ORANGE);
            plot.legend("this run", ChartTheme.BLUE);
        }
        plot.marks(values, ChartTheme.dot(10), ChartTheme.BLUE);
        return plot.draw(id);
    }

    private static void interval(RowPlot plot, int row, Interval interval, Range range) {
        double from = Math.max(range.getLowerBound(), interval.lower());
        double to = Math.min(range.getUpperBound(), interval.upper());
        plot.horizontal(row, from, to, 0.28, ChartTheme.BLUE);
        if (from == interval.lower()) {
            plot.vertical(row, from, 0.18, 0.38, ChartTheme.BLUE);
        }
        if (to == interval.upper()) {
            plot.vertical(row, to, 0.18, 0.38, ChartTheme.BLUE);
        }
    }

    private static Optional<Range> range(List<Row> rows) {
        double[] ends = rows.stream()
                .flatMapToDouble(row -> DoubleStream.concat(
                        ends(row.figure()), row.floor().stream().mapToDouble(Floor::high)))
                .filter(Double::isFinite)
                .toArray();
        boolean numbers = rows.stream().anyMatch(row -> !(row.figure() instanceof Figure.Unscored));
        if (!numbers || ends.length == 0) {
            return Optional.empty();
        }
        double lowest = Math.min(0, DoubleStream.of(ends).min().orElse(0));
        double highest = Math.max(0, DoubleStream.of(ends).max().orElse(0));
        double length = highest > lowest ? highest - lowest : 1;
        return Optional.of(new Range(lowest < 0 ? lowest - 0.04 * length : 0, highest + 0.06 * length));
    }

    private static DoubleStream ends(Figure figure) {
        if (figure instanceof Figure.Known known) {
            return known.interval()
                    .map(interval -> DoubleStream.of(interval.lower(), known.value(), interval.upper()))
                    .orElseGet(() -> DoubleStream.of(known.value()));
        }
        // Twice the bound leaves room to see that the interval goes on.
        return figure instanceof Figure.AtLeast atLeast
                ? DoubleStream.of(atLeast.bound(), 2 * atLeast.bound())
                : DoubleStream.empty();
    }

    private static String summary(Layout layout, List<Row> rows) {
        StringBuilder text = new StringBuilder(layout.title()).append('.');
        rows.forEach(row -> text.append(' ')
                .append(row.name())
                .append(": ")
                .append(FigureText.of(row.figure()).line())
                .append('.'));
        return text.toString();
    }
}
