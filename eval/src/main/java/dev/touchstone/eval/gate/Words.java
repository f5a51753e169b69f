package dev.touchstone.eval.gate;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and places as sentences say them. */
final class Words {

    private Words() {}

    /** Three significant digits, without an exponent. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinity" : "-infinity";
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "f", value);
    }

    static String number(double value, String unit) {
        return unit.equals("1") ? number(value) : number(value) + " " + unit;
    }

    static String interval(Interval interval) {
        return number(interval.lower()) + " to " + number(interval.upper());
    }

    /** A number that a person wrote, without digits that it does not have. */
    static String written(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    static String cohort(CohortKey cohort) {
        return cohort.equals(CohortKey.OVERALL) ? "overall" : cohort.label();
    }

    /** {@code a, b and c}. */
    static String and(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
