package dev.touchstone.eval.result;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** A number with what is needed to read it, or the reason why there is none. */
public sealed interface Figure {

    /** How many observations stand behind it; 0 if none. */
    long n();

    /** The number, if there is one. */
    default Optional<Known> known() {
        return this instanceof Known known ? Optional.of(known) : Optional.empty();
    }

    /**
     * A number.
     *
     * @param value finite
     * @param unit such as {@code s}, {@code images/s}, {@code USD}, or {@code 1} for shares and scores
     * @param direction which way is better, where there is one
     * @param n observations behind it
     * @param interval where there is one; a side may be unbounded
     * @param method how value and interval were computed, a short phrase
     */
    record Known(
            double value,
            String unit,
            Optional<Direction> direction,
            long n,
            Optional<Interval> interval,
            String method)
            implements Figure {

        /** @throws IllegalArgumentException if the value is not finite, n is negative, or unit or method is blank */
        public Known {
            if (!Double.isFinite(value) || n < 0 || unit.isBlank() || method.isBlank()) {
                throw new IllegalArgumentException(
                        "figure: expected a finite value, n >= 0, a unit and a method, found " + value + ", " + n
                                + ", \"" + unit + "\" and \"" + method + "\"");
            }
        }
    }

    /**
     * Only a lower bound is known; printed as "at least".
     *
     * @param bound finite
     * @param level of the one-sided statement's two-sided interval, in (0, 1)
     */
    record AtLeast(double bound, String unit, Optional<Direction> direction, long n, double level, String method)
            implements Figure {

        /** @throws IllegalArgumentException if the bound is not finite or the level is outside (0, 1) */
        public AtLeast {
            if (!Double.isFinite(bound) || n < 0 || !(level > 0 && level < 1)) {
                throw new IllegalArgumentException(
                        "figure: expected a finite bound, n >= 0 and a level in (0, 1), found " + bound + ", " + n
                                + " and " + level);
            }
        }
    }

    /**
     * No number.
     *
     * @param reason a short phrase for people
     * @param n observations there are
     * @param needed observations that would do, where more of them would help
     */
    record Unscored(String reason, long n, Optional<Long> needed) implements Figure {

        /** @throws IllegalArgumentException if the reason is blank */
        public Unscored {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("figure: expected a reason, found none");
            }
        }

        /** A reason that more observations would not change. */
        public static Unscored because(String reason, long n) {
            return new Unscored(reason, n, Optional.empty());
        }
    }
}
