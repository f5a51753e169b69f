package dev.touchstone.eval.gate;

/** What a rule asks of a number. */
public sealed interface Criterion {

    /** Which side of the bound is good. */
    Relation relation();

    /** The candidate's own number against a fixed bound, in the metric's unit. */
    record Limit(Relation relation, double bound) implements Criterion {

        public Limit {
            finite(bound);
        }
    }

    /**
     * The candidate against the baseline with a margin: {@code candidate relation baseline + margin}.
     *
     * @param margin in the metric's unit, or a share of the baseline; negative where less is asked than the baseline gives
     * @param kind which of the two
     */
    record Margin(Relation relation, double margin, Kind kind) implements Criterion {

        public Margin {
            finite(margin);
            if (kind == Kind.RELATIVE && margin <= -1) {
                throw new IllegalArgumentException("margin: expected more than -100 %, found " + margin);
            }
        }
    }

    /** What a margin is measured in. */
    enum Kind {
        ABSOLUTE,
        RELATIVE
    }

    /** How a number is held against a bound. */
    enum Relation {
        BELOW("<"),
        AT_MOST("<="),
        ABOVE(">"),
        AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        /** As a policy writes it. */
        public String sign() {
            return sign;
        }

        /** Whether small numbers are good. */
        public boolean upperBound() {
            return this == BELOW || this == AT_MOST;
        }
    }

    private static void finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("rule: expected a finite number, found " + value);
        }
    }
}
