package dev.touchstone.reports.chart;

import dev.touchstone.reports.model.Chart;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Rows over one axis of values, the first row on top. A row's label stands above its marks and begins at the left edge, so
 * that a phone has the whole width for the marks, and no label depends on the fonts of a machine. A row is 1 high: marks
 * stand in [0, 0.55], the label above them.
 */
final class RowPlot {

    private static final double LABEL_BASE = 0.6;
    private static final double AXIS_PIXELS = 52;
    private static final double LEGEND_LINE_PIXELS = 26;

    private final ChartFormat format;
    private final XYPlot plot;
    private final int rows;
    private final Range range;
    private final LegendItemCollection legend = new LegendItemCollection();
    private int datasets;

    RowPlot(ChartFormat format, int rows, Range range, String axisLabel) {
        this.format = format;
        this.rows = rows;
        this.range = range;
        NumberAxis values = ChartTheme.axis(axisLabel, range, format);
        NumberAxis hidden = new NumberAxis();
        hidden.setRange(0, rows);
        hidden.setVisible(false);
        this.plot = new XYPlot(null, values, hidden, null);
    }

    void label(int row, String name, String reading) {
        text(row, LABEL_BASE, range.getLowerBound(), name + (reading.isEmpty() ? "" : "  \u00b7  " + reading));
    }

    /** Words in place of marks. */
    void words(int row, String words) {
        XYTextAnnotation text = new XYTextAnnotation(words, range.getLowerBound(), base(row) + 0.3);
        text.setTextAnchor(TextAnchor.CENTER_LEFT);
        text.setFont(ChartTheme.text(format));
        text.setPaint(ChartTheme.SOFT);
        plot.addAnnotation(text);
    }

    private void text(int row, double height, double x, String words) {
        XYTextAnnotation text = new XYTextAnnotation(words, x, base(row) + height);
        text.setTextAnchor(TextAnchor.BOTTOM_LEFT);
        text.setFont(ChartTheme.text(format));
        text.setPaint(ChartTheme.INK);
        plot.addAnnotation(text);
    }

    /** A filled box between two values and two heights of the row. */
    void box(int row, double from, double to, double bottom, double top, Paint fill) {
        plot.addAnnotation(new XYBoxAnnotation(from, base(row) + bottom, to, base(row) + top, null, null, fill));
    }

    void horizontal(int row, double from, double to, double height, Color color) {
        double y = base(row) + height;
        plot.addAnnotation(new XYLineAnnotation(from, y, to, y, ChartTheme.LINE, color));
    }

    void vertical(int row, double x, double bottom, double top, Color color) {
        plot.addAnnotation(new XYLineAnnotation(x, base(row) + bottom, x, base(row) + top, ChartTheme.LINE, color));
    }

    /** A line through all rows. */
    void reference(double x, Color color) {
        plot.addAnnotation(new XYLineAnnotation(x, 0, x, rows, ChartTheme.HAIR, color));
    }

    /** Marks of one shape; {@code points} are pairs of a value and an absolute height from {@link #height}. */
    void marks(List<double[]> points, Shape shape, Paint paint) {
        XYSeries series = new XYSeries("marks" + datasets, false, true);
        points.forEach(point -> series.add(point[0], point[1]));
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesShape(0, shape);
        renderer.setSeriesPaint(0, paint);
        plot.setDataset(datasets, new XYSeriesCollection(series));
        plot.setRenderer(datasets, renderer);
        datasets++;
    }

    void legend(String name, Color color) {
        LegendItem item =
                new LegendItem(name, null, null, null, new java.awt.geom.Rectangle2D.Double(-5, -5, 10, 10), color);
        legend.add(item);
    }

    /** The absolute height of a height within a row. */
    double height(int row, double within) {
        return base(row) + within;
    }

    Chart.Svg draw(String id) {
        double height = AXIS_PIXELS + (double) rows * format.rowPixels();
        if (legend.getItemCount() > 0) {
            plot.setFixedLegendItems(legend);
            height += LEGEND_LINE_PIXELS * (format == ChartFormat.NARROW ? Math.ceil(legend.getItemCount() / 3.0) : 1);
        }
        return SvgDrawing.draw(ChartTheme.chart(plot, format), id, format, (int) Math.round(height));
    }

    private double base(int row) {
        return rows - 1 - row + 0.1;
    }
}
