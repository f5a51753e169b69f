package dev.touchstone.reports.chart;

import dev.touchstone.eval.trial.SweepPoint;
import dev.touchstone.eval.trial.SweepResult;
import dev.touchstone.metrics.file.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Quality against seconds per image: a line per guidance and precision, a dot per number of steps. */
public final class SweepChart {

    private static final int HEIGHT_PIXELS = 420;
    private static final int PNG_SCALE = 2;

    /** Of an axis of quality: where all values are equal, its labels still differ in the digits that they show. */
    private static final double SMALLEST_RANGE = 0.001;

    /** Light to dark in the order of guidance, so that lines keep apart without their hue. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x8fb8dc),
            new Color(0xd98a29),
            new Color(0x2f6ea5),
            new Color(0x5a4a78),
            new Color(0x6fae98),
            new Color(0xb5493f));

    /** Long enough for dashes to show on both sides of the dot. */
    private static final Line2D LEGEND_LINE = new Line2D.Double(-16, 0, 16, 0);

    private SweepChart() {}

    /** What a chart shows: the end of the file's name, the axis, and the number. */
    private enum Measure {
        ADHERENCE(
                "adherence",
                "adherence, %",
                point -> OptionalDouble.of(100 * point.adherence().value())),
        FID("fid", "FID, lower is better", point -> OptionalDouble.of(point.fid())),
        KID(
                "kid",
                "KID, lower is better",
                point -> OptionalDouble.of(point.kid().value())),
        LPIPS(
                "lpips",
                "LPIPS to the most steps, lower is better",
                point -> point.lpips().isPresent()
                        ? OptionalDouble.of(point.lpips().get().value())
                        : OptionalDouble.empty());

        private final String id;
        private final String label;
        private final Function<SweepPoint, OptionalDouble> value;

        Measure(String id, String label, Function<SweepPoint, OptionalDouble> value) {
            this.id = id;
            this.label = label;
            this.value = value;
        }
    }

    /** Writes {@code sweep-<measure>.svg} and {@code .png} into a folder; a measure that no setting has is left out. */
    public static void write(Path folder, SweepResult result) throws IOException {
        for (Measure measure : Measure.values()) {
            boolean shown = result.points().stream()
                    .anyMatch(point -> measure.value.apply(point).isPresent());
            if (!shown) {
                continue;
            }
            JFreeChart chart = chart(result, measure);
            String svg = SvgDrawing.draw(chart, measure.id, ChartFormat.WIDE, HEIGHT_PIXELS)
                    .markup()
                    .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" "); // in a page it needs none
            AtomicFile.write(folder.resolve("sweep-" + measure.id + ".svg"), svg);
            chart.setBackgroundPaint(Color.WHITE);
            AtomicFile.write(
                    folder.resolve("sweep-" + measure.id + ".png"),
                    out -> ChartUtils.writeScaledChartAsPNG(
                            out, chart, ChartFormat.WIDE.widthPixels(), HEIGHT_PIXELS, PNG_SCALE, PNG_SCALE));
        }
    }

    private static JFreeChart chart(SweepResult result, Measure measure) {
        XYSeriesCollection lines = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
        renderer.setLegendLine(LEGEND_LINE);
        List<Double> scales = result.points().stream()
                .map(point -> point.setting().guidance())
                .distinct()
                .sorted()
                .toList();
        List<String> precisions = result.points().stream()
                .map(point -> point.setting().precision())
                .distinct()
                .toList();
        Map<String, XYSeries> byName = new TreeMap<>();
        List<XYSeries> order = new ArrayList<>();
        for (SweepPoint point : result.points()) {
            String name = String.format(
                            Locale.ROOT,
                            "guidance %s, %s",
                            point.setting().guidance(),
                            point.setting().precision())
                    .replace(".0,", ",");
            XYSeries line = byName.get(name);
            if (line == null) {
                line = new XYSeries(name);
                byName.put(name, line);
                order.add(line);
                int index = order.size() - 1;
                int precision = precisions.indexOf(point.setting().precision());
                renderer.setSeriesPaint(
                        index, COLOURS.get(scales.indexOf(point.setting().guidance()) % COLOURS.size()));
                renderer.setSeriesStroke(
                        index,
                        precision == 0
                                ? ChartTheme.LINE
                                : new BasicStroke(
                                        2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1f, new float[] {5, 4}, 0));
                renderer.setSeriesShape(index, ChartTheme.dot(7));
                lines.addSeries(line);
            }
            OptionalDouble value = measure.value.apply(point);
            if (value.isPresent()) {
                line.add(point.secondsPerImage(), value.getAsDouble());
            }
        }
        XYPlot plot = new XYPlot(lines, seconds(), quality(measure.label), renderer);
        JFreeChart chart = ChartTheme.chart(legend(plot), ChartFormat.WIDE);
        plot.setRangeGridlinesVisible(true);
        plot.setRangeGridlinePaint(ChartTheme.RULE);
        plot.setRangeGridlineStroke(ChartTheme.HAIR);
        return chart;
    }

    private static XYPlot legend(XYPlot plot) {
        plot.setFixedLegendItems(plot.getLegendItems());
        return plot;
    }

    private static OneTwoFiveAxis seconds() {
        OneTwoFiveAxis axis = new OneTwoFiveAxis("seconds per image (median, logarithmic)");
        style(axis);
        return axis;
    }

    private static NumberAxis quality(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeMinimumSize(SMALLEST_RANGE);
        axis.setNumberFormatOverride(new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        style(axis);
        return axis;
    }

    private static void style(org.jfree.chart.axis.ValueAxis axis) {
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelFont(ChartTheme.text(ChartFormat.WIDE));
        axis.setTickLabelPaint(ChartTheme.SOFT);
        axis.setLabelFont(ChartTheme.text(ChartFormat.WIDE));
        axis.setLabelPaint(ChartTheme.SOFT);
        axis.setLabelInsets(new RectangleInsets(6, 0, 6, 0));
    }
}
