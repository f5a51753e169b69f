package dev.touchstone.reports.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text: three significant digits, thousands grouped, the same in every locale. */
public final class Decimals {

    private static final int SIGNIFICANT = 3;
    private static final int MOST = 12;
    private static final int WRITTEN = 9;
    private static final int GROUPED_FROM = 5;

    private Decimals() {}

    /** Digits after the point that show three significant digits of the value; 0 for the value 0. */
    public static int places(double value) {
        if (value == 0) {
            return 0;
        }
        int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
        return Math.max(0, Math.min(MOST, SIGNIFICANT - 1 - magnitude));
    }

    /** The value with three significant digits. */
    public static String of(double value) {
        return of(value, places(value));
    }

    /**
     * The value with so many digits after the point, halves rounded to even; minus as U+2212.
     *
     * @param value finite
     */
    public static String of(double value, int places) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_EVEN);
        String digits = grouped(rounded.abs().toPlainString());
        return rounded.signum() < 0 ? "\u2212" + digits : digits;
    }

    /** A number that people wrote: all its digits and no others, halves of the ninth place rounded to even. */
    public static String plain(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).setScale(WRITTEN, RoundingMode.HALF_EVEN);
        return of(value, Math.max(0, exact.stripTrailingZeros().scale()));
    }

    /** An exact count. */
    public static String of(long value) {
        String digits = grouped(Long.toString(value).replace("-", ""));
        return value < 0 ? "\u2212" + digits : digits;
    }

    private static String grouped(String digits) {
        int point = digits.indexOf('.');
        int whole = point < 0 ? digits.length() : point;
        if (whole < GROUPED_FROM) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int at = whole - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
