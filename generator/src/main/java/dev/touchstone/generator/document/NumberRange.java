package dev.touchstone.generator.document;

import java.math.BigDecimal;

/**
 * An interval of numbers.
 *
 * @param least lower bound
 * @param lower whether the lower bound itself is inside
 * @param most upper bound, always inside
 */
public record NumberRange(BigDecimal least, Bound lower, BigDecimal most) {

    /** Whether a bound belongs to its interval. */
    public enum Bound {
        INSIDE,
        OUTSIDE
    }

    /** {@code [least, most]}. */
    public static NumberRange closed(double least, double most) {
        return new NumberRange(BigDecimal.valueOf(least), Bound.INSIDE, BigDecimal.valueOf(most));
    }

    /** {@code (least, most]}. */
    public static NumberRange above(double least, double most) {
        return new NumberRange(BigDecimal.valueOf(least), Bound.OUTSIDE, BigDecimal.valueOf(most));
    }

    boolean contains(BigDecimal value) {
        int low = value.compareTo(least);
        return (lower == Bound.INSIDE ? low >= 0 : low > 0) && value.compareTo(most) <= 0;
    }

    @Override
    public String toString() {
        return (lower == Bound.INSIDE ? "[" : "(") + shown(least) + ", " + shown(most) + "]";
    }

    private static String shown(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
