package dev.touchstone.reports.model;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;

/**
 * A figure in words and digits, the same in every format. What is undefined has words and no digits.
 *
 * @param value digits, or the words that stand in their place
 * @param unit empty where there is none
 * @param range the interval; empty where there is none
 * @param n how many observations, as in {@code n 120}; empty where there are none
 * @param state whether {@code value} is digits
 */
public record FigureText(String value, String unit, String range, String n, State state) {

    private static final String PERCENT = "%";

    /** What kind of answer a figure is. */
    public enum State {
        KNOWN,
        AT_LEAST,
        UNSCORED
    }

    public static FigureText of(Figure figure) {
        if (figure instanceof Figure.Known known) {
            return known(known);
        }
        if (figure instanceof Figure.AtLeast atLeast) {
            return new FigureText(
                    "at least " + Decimals.of(atLeast.bound()),
                    unit(atLeast.unit()),
                    percent(atLeast.level()) + " interval, no upper end",
                    n(atLeast.n()),
                    State.AT_LEAST);
        }
        Figure.Unscored unscored = (Figure.Unscored) figure;
        String needed = unscored.needed()
                .map(least -> "needs n " + Decimals.of(least) + ", has " + Decimals.of(unscored.n()))
                .orElse("");
        return new FigureText(
                unscored.reason(),
                "",
                needed,
                needed.isEmpty() && unscored.n() > 0 ? n(unscored.n()) : "",
                State.UNSCORED);
    }

    /** What stands behind the value: interval and n. */
    public String support() {
        return range.isEmpty() || n.isEmpty() ? range + n : range + " · " + n;
    }

    /** All of it in one line. */
    public String line() {
        String text = unit.isEmpty() ? value : value + "\u00a0" + unit;
        return support().isEmpty() ? text : text + " (" + support() + ")";
    }

    /** An exact count. */
    public static String count(long value) {
        return Decimals.of(value);
    }

    private static FigureText known(Figure.Known known) {
        boolean percent = known.unit().equals(PERCENT);
        int places = percent ? 1 : Decimals.places(known.value());
        String range = "";
        if (known.interval().isPresent()) {
            Interval interval = known.interval().get();
            if (!percent && interval.bounded() && interval.upper() > interval.lower()) {
                // A value far smaller than its interval needs no more digits than the interval.
                int sensible = Decimals.places((interval.upper() - interval.lower()) / 2);
                places = known.value() == 0 ? sensible : Math.min(places, sensible);
            }
            range = range(interval, places);
        }
        return new FigureText(Decimals.of(known.value(), places), unit(known.unit()), range, n(known.n()), State.KNOWN);
    }

    private static String range(Interval interval, int places) {
        boolean below = !Double.isInfinite(interval.lower());
        boolean above = !Double.isInfinite(interval.upper());
        if (below && above) {
            String between = interval.lower() < 0 ? " to " : "\u2009\u2013\u2009";
            return Decimals.of(interval.lower(), places) + between + Decimals.of(interval.upper(), places);
        }
        if (below) {
            return Decimals.of(interval.lower(), places) + " or more";
        }
        return above ? Decimals.of(interval.upper(), places) + " or less" : "not bounded";
    }

    private static String percent(double level) {
        return Decimals.of(100 * level, 0) + "\u00a0%";
    }

    private static String unit(String unit) {
        return unit.equals("1") ? "" : unit;
    }

    private static String n(long n) {
        return "n\u00a0" + Decimals.of(n);
    }
}
