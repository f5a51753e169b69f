package dev.touchstone.reports.chart;

import dev.touchstone.reports.model.Chart;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Table;
import java.util.List;
import java.util.Optional;
import org.jfree.data.Range;

/** Parts that add up: one bar per cohort, one colour per part. */
public final class StackChart {

    private StackChart() {}

    /**
     * What all bars have in common.
     *
     * @param title one line
     * @param reading how to read it, one sentence
     * @param axis label of the axis of values
     * @param unit behind the values in words
     * @param parts in the order of the stack
     */
    public record Layout(String title, String reading, String axis, String unit, List<Part> parts) {

        public Layout {
            parts = List.copyOf(parts);
        }
    }

    /** A part and its colour. */
    public record Part(String name, Hue hue) {}

    /** Colours of parts. */
    public enum Hue {
        SKY(0x8fb8dc),
        BLUE(0x2f6ea5),
        AMBER(0xdf9a3c),
        VIOLET(0x5a4a78),
        GREEN(0x6fae98),
        RED(0xb5493f),
        SAND(0xecd2a6),
        GREY(0xb3bac2);

        private final java.awt.Color color;

        Hue(int rgb) {
            this.color = new java.awt.Color(rgb);
        }
    }

    /**
     * A cohort.
     *
     * @param name its label
     * @param reading stands behind the name
     * @param values one per part, at least 0; empty if there are none
     * @param absent stands in place of a bar; empty if there is one
     */
    public record Row(String name, String reading, List<Double> values, String absent) {

        public Row {
            values = List.copyOf(values);
        }

        double total() {
            return values.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Empty if every bar is empty. */
    public static Optional<Chart> of(String id, Layout layout, List<Row> rows, Table data) {
        double longest = rows.stream().mapToDouble(Row::total).max().orElse(0);
        if (longest <= 0) {
            return Optional.empty();
        }
        return Optional.of(new Chart(
                layout.title(),
                summary(layout, rows),
                layout.reading(),
                draw(id, layout, rows, longest, ChartFormat.WIDE),
                draw(id, layout, rows, longest, ChartFormat.NARROW),
                data));
    }

    private static Chart.Svg draw(String id, Layout layout, List<Row> rows, double longest, ChartFormat format) {
        RowPlot plot = new RowPlot(format, rows.size(), new Range(0, longest * 1.02), layout.axis());
        for (int part = 0; part < layout.parts().size(); part++) {
            plot.legend(
                    layout.parts().get(part).name(), layout.parts().get(part).hue().color);
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.values().isEmpty()) {
                plot.label(i, row.name(), "");
                plot.words(i, row.absent());
                continue;
            }
            plot.label(i, row.name(), row.reading());
            double from = 0;
            for (int part = 0; part < row.values().size(); part++) {
                double to = from + row.values().get(part);
                if (to > from) {
                    plot.box(i, from, to, 0.1, 0.46, layout.parts().get(part).hue().color);
                }
                from = to;
            }
        }
        return plot.draw(id);
    }

    private static String summary(Layout layout, List<Row> rows) {
        StringBuilder text = new StringBuilder(layout.title()).append('.');
        for (Row row : rows) {
            if (!row.values().isEmpty()) {
                text.append(' ').append(row.name()).append(": ");
                for (int part = 0; part < row.values().size(); part++) {
                    text.append(part == 0 ? "" : ", ")
                            .append(layout.parts().get(part).name())
                            .append(' ')
                            .append(Decimals.of(row.values().get(part)));
                }
                text.append(' ').append(layout.unit()).append('.');
            }
        }
        return text.toString();
    }
}
