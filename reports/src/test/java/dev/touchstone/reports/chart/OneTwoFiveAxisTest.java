package dev.touchstone.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.junit.jupiter.api.Test;

class OneTwoFiveAxisTest {

    @Test
    void ticksAreRoundAndEncloseTheValues() {
        assertThat(labels(0.0023, 0.17)).containsExactly("0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2");
        assertThat(labels(3, 40)).containsExactly("2", "5", "10", "20", "50");
    }

    @Test
    void aSingleValueHasATickOnEitherSide() {
        assertThat(labels(0.0123, 0.0123)).containsExactly("0.01", "0.02");
        assertThat(labels(0.01, 0.01)).containsExactly("0.005", "0.01", "0.02");
    }

    private static List<String> labels(double first, double second) {
        XYSeries series = new XYSeries("seconds");
        series.add(first, 1);
        series.add(second, 2);
        OneTwoFiveAxis axis = new OneTwoFiveAxis("seconds");
        new XYPlot(new XYSeriesCollection(series), axis, null, new XYLineAndShapeRenderer());
        return axis.refreshTicksHorizontal(null, new Rectangle2D.Double(), RectangleEdge.BOTTOM).stream()
                .map(NumberTick::getText)
                .toList();
    }
}
