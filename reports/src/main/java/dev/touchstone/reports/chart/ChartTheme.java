package dev.touchstone.reports.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/**
 * How every chart looks. Ink, soft and rule are the page's own colours, which the page's style sheet exchanges in the dark.
 * Colours of parts keep apart for the common colour-vision deficiencies: they differ in lightness as well as in hue.
 */
final class ChartTheme {

    static final Color INK = new Color(0x1c2127);
    static final Color SOFT = new Color(0x5b6570);
    static final Color RULE = new Color(0xe1e5e9);
    static final Color BLUE = new Color(0x2f6ea5);
    static final Color ORANGE = new Color(0xd98a29);

    static final BasicStroke HAIR = new BasicStroke(1f);
    static final BasicStroke LINE = new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    private static final int AXIS_TICKS_APART_PIXELS = 90;

    private ChartTheme() {}

    static Color translucent(Color color, double alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * alpha));
    }

    static Font text(ChartFormat format) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, format.fontPixels());
    }

    static Font strong(ChartFormat format) {
        return new Font(Font.SANS_SERIF, Font.BOLD, format.fontPixels());
    }

    static Ellipse2D dot(double diameter) {
        return new Ellipse2D.Double(-diameter / 2, -diameter / 2, diameter, diameter);
    }

    /** The axis of values; from 0 where that costs little, so that lengths can be compared. */
    static NumberAxis axis(String label, Range range, ChartFormat format) {
        NumberAxis axis = new NumberAxis(label);
        axis.setRange(range);
        NumberTickUnitSource ticks = new NumberTickUnitSource(
                false, new DecimalFormat("#,##0.########", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        axis.setStandardTickUnits(ticks);
        double wanted = range.getLength() / Math.max(2, format.widthPixels() / AXIS_TICKS_APART_PIXELS);
        axis.setTickUnit((org.jfree.chart.axis.NumberTickUnit) ticks.getCeilingTickUnit(wanted));
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelFont(text(format));
        axis.setTickLabelPaint(SOFT);
        axis.setLabelFont(text(format));
        axis.setLabelPaint(SOFT);
        axis.setLabelInsets(new RectangleInsets(6, 0, 0, 0));
        return axis;
    }

    static JFreeChart chart(XYPlot plot, ChartFormat format) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(RULE);
        plot.setDomainGridlineStroke(HAIR);
        plot.setRangeGridlinesVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(2, 12, 2, 16));
        JFreeChart chart = new JFreeChart(null, text(format), plot, false);
        chart.setBackgroundPaint(null);
        chart.setBorderVisible(false);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        if (plot.getFixedLegendItems() != null) {
            LegendTitle legend = new LegendTitle(plot);
            legend.setPosition(RectangleEdge.TOP);
            legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
            legend.setBackgroundPaint(null);
            legend.setFrame(BlockBorder.NONE);
            legend.setItemFont(text(format));
            legend.setItemPaint(SOFT);
            legend.setItemLabelPadding(new RectangleInsets(2, 3, 2, 12));
            legend.setPadding(new RectangleInsets(0, 0, 6, 0));
            chart.addSubtitle(legend);
        }
        return chart;
    }
}
