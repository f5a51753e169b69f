package dev.touchstone.reports.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/**
 * A horizontal logarithmic axis with ticks at 1, 2 and 5 of every power of ten: round numbers that never run into each other.
 * It begins and ends at a tick, so that it has two of them even for a single value.
 */
final class OneTwoFiveAxis extends LogAxis {

    private static final long serialVersionUID = 1L;

    private static final int[] STEPS = {1, 2, 5};

    OneTwoFiveAxis(String label) {
        super(label);
        setBase(10);
        setLowerMargin(0);
        setUpperMargin(0);
    }

    @Override
    protected void autoAdjustRange() {
        super.autoAdjustRange();
        // Without values the range begins at 0, which has no logarithm.
        if (getLowerBound() > 0) {
            NavigableSet<BigDecimal> around = around(getRange());
            BigDecimal lower = around.floor(BigDecimal.valueOf(getLowerBound()));
            BigDecimal upper = around.ceiling(BigDecimal.valueOf(getUpperBound()));
            setRange(new Range(lower.doubleValue(), upper.doubleValue()), false, false);
        }
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
        return around(getRange()).stream()
                .filter(value -> getRange().contains(value.doubleValue()))
                .map(value -> new NumberTick(
                        value.doubleValue(), value.toPlainString(), TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0))
                .toList();
    }

    /** The round numbers of every power of ten from that below the range to that above it. */
    private static NavigableSet<BigDecimal> around(Range range) {
        NavigableSet<BigDecimal> values = new TreeSet<>();
        int last = (int) Math.ceil(Math.log10(range.getUpperBound()));
        for (int power = (int) Math.floor(Math.log10(range.getLowerBound())); power <= last; power++) {
            for (int step : STEPS) {
                values.add(BigDecimal.valueOf(step).scaleByPowerOfTen(power));
            }
        }
        return values;
    }
}
