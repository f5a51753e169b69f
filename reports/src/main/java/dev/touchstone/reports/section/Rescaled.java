package dev.touchstone.reports.section;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;

/** The same figure in a unit that people read. */
final class Rescaled {

    private static final double HUNDRED = 100;

    private Rescaled() {}

    /** A share of 1 in percent. */
    static Figure percent(Figure figure) {
        return by(figure, HUNDRED, "%");
    }

    /** @param factor above 0 */
    static Figure by(Figure figure, double factor, String unit) {
        if (figure instanceof Figure.Known known) {
            return new Figure.Known(
                    known.value() * factor,
                    unit,
                    known.direction(),
                    known.n(),
                    known.interval()
                            .map(interval -> new Interval(
                                    interval.lower() * factor, interval.upper() * factor, interval.level())),
                    known.method());
        }
        if (figure instanceof Figure.AtLeast atLeast) {
            return new Figure.AtLeast(
                    atLeast.bound() * factor,
                    unit,
                    atLeast.direction(),
                    atLeast.n(),
                    atLeast.level(),
                    atLeast.method());
        }
        return figure;
    }
}
