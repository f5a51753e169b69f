package dev.touchstone.reports.chart;

import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Chart;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jfree.data.Range;

/** How long the requests of each cohort took: every request a dot, over them the middle half and the median. */
public final class LatencyChart {

    /** More dots than this say no more; a larger sample shows so many of its order statistics. */
    private static final int MOST_DOTS = 200;

    /** Fewer values have no quartiles worth a box. */
    private static final int FEWEST_FOR_BOX = 5;

    /** Shortest over longest from which the axis leaves zero. */
    private static final double FAR = 0.4;

    private static final double GOLDEN = 0.6180339887498949;

    private LatencyChart() {}

    /**
     * A cohort.
     *
     * @param name its label
     * @param seconds per request, in any order
     */
    public record Row(String name, double[] seconds) {}

    /** Empty if no cohort has a request. */
    public static Optional<Chart> of(String id, String title, List<Row> rows) {
        double longest = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(row.seconds()))
                .max()
                .orElse(0);
        double shortest = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(row.seconds()))
                .min()
                .orElse(0);
        if (longest <= 0) {
            return Optional.empty();
        }
        // Dots show places, not lengths: where all lie far from zero, the axis may begin near them, and says so.
        boolean near = shortest < FAR * longest || shortest == longest;
        double margin = 0.05 * (longest - shortest);
        Range range = near ? new Range(0, longest * 1.04) : new Range(shortest - margin, longest + margin);
        String begins = near || margin == 0 ? "" : " The axis does not begin at zero.";
        return Optional.of(new Chart(
                title,
                summary(title, rows),
                "Each dot is a request. The band holds the middle half, the dark line is the median." + begins,
                draw(id, rows, range, ChartFormat.WIDE),
                draw(id, rows, range, ChartFormat.NARROW),
                data(rows)));
    }

    private static Chart.Svg draw(String id, List<Row> rows, Range range, ChartFormat format) {
        RowPlot plot = new RowPlot(format, rows.size(), range, "seconds");
        List<double[]> dots = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            double[] sorted = rows.get(i).seconds().clone();
            Arrays.sort(sorted);
            if (sorted.length == 0) {
                plot.label(i, rows.get(i).name(), "");
                plot.words(i, "no answered requests");
                continue;
            }
            double median = OrderStatistics.quantile(sorted, 0.5);
            plot.label(i, rows.get(i).name(), "median " + Decimals.of(median) + " s");
            if (sorted.length >= FEWEST_FOR_BOX) {
                double first = OrderStatistics.quantile(sorted, 0.25);
                double third = OrderStatistics.quantile(sorted, 0.75);
                plot.box(i, first, third, 0, 0.52, ChartTheme.translucent(ChartTheme.BLUE, 0.16));
            }
            plot.vertical(i, median, 0, 0.52, ChartTheme.INK);
            int shown = Math.min(MOST_DOTS, sorted.length);
            for (int k = 0; k < shown; k++) {
                double value =
                        shown == sorted.length ? sorted[k] : OrderStatistics.quantile(sorted, k / (double) (shown - 1));
                double spread = (k * GOLDEN) % 1;
                dots.add(new double[] {value, plot.height(i, 0.06 + 0.4 * spread)});
            }
        }
        plot.marks(dots, ChartTheme.dot(5), ChartTheme.translucent(ChartTheme.BLUE, 0.55));
        return plot.draw(id);
    }

    private static Table data(List<Row> rows) {
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            double[] sorted = row.seconds().clone();
            Arrays.sort(sorted);
            List<Cell> line = new ArrayList<>(List.of(Cell.text(row.name()), Cell.count(sorted.length)));
            for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
                line.add(Cell.text(
                        sorted.length == 0 ? "none" : Decimals.of(OrderStatistics.quantile(sorted, share)) + " s"));
            }
            cells.add(line);
        }
        List<Table.Column> columns =
                new ArrayList<>(List.of(Table.Column.text("Cohort"), Table.Column.number("Requests")));
        for (String title : List.of("Fastest", "First quarter", "Median", "Third quarter", "Slowest")) {
            columns.add(Table.Column.number(title));
        }
        return new Table("Requests as drawn", columns, cells);
    }

    private static String summary(String title, List<Row> rows) {
        StringBuilder text = new StringBuilder(title).append('.');
        for (Row row : rows) {
            double[] sorted = row.seconds().clone();
            Arrays.sort(sorted);
            if (sorted.length > 0) {
                text.append(' ')
                        .append(row.name())
                        .append(": median ")
                        .append(Decimals.of(OrderStatistics.quantile(sorted, 0.5)))
                        .append(" s of ")
                        .append(Decimals.of((long) sorted.length))
                        .append(sorted.length == 1 ? " request." : " requests.");
            }
        }
        return text.toString();
    }
}
