package dev.touchstone.reports.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A horizontal logarithmic axis with ticks at 1, 2 and 5 of every power of ten: round numbers that never run into each other. */
final class OneTwoFiveAxis extends LogAxis {

    private static final long serialVersionUID = 1L;

    private static final int[] STEPS = {1, 2, 5};

    OneTwoFiveAxis(String label) {
        super(label);
        setBase(10);
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
        List<NumberTick> ticks = new ArrayList<>();
        int last = (int) Math.ceil(Math.log10(getUpperBound()));
        for (int power = (int) Math.floor(Math.log10(getLowerBound())); power <= last; power++) {
            for (int step : STEPS) {
                BigDecimal value = BigDecimal.valueOf(step).scaleByPowerOfTen(power);
                if (getRange().contains(value.doubleValue())) {
                    ticks.add(new NumberTick(
                            value.doubleValue(), value.toPlainString(), TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0));
                }
            }
        }
        return ticks;
    }
}
