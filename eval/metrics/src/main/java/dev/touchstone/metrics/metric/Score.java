package dev.touchstone.metrics.metric;

import java.util.Optional;

/** The answer of a metric: a number with what is needed to read it, or the reason why there is none. */
public sealed interface Score permits Score.Scored, Score.Unscored {

    MetricId metric();

    /** The value, if there is one. */
    default Optional<Scored> scored() {
        return this instanceof Scored scored ? Optional.of(scored) : Optional.empty();
    }

    /**
     * A number.
     *
     * @param metric what was measured
     * @param value finite
     * @param direction which way is better
     * @param n how many images went in
     * @param interval uncertainty of the value, where the metric has one
     * @param method how it was computed where there is a choice, as in {@code nuclear-norm}; one word or a short phrase
     */
    record Scored(
            MetricId metric,
            double value,
            Direction direction,
            SampleSize n,
            Optional<Interval> interval,
            String method)
            implements Score {

        /** @throws IllegalArgumentException if the value is not finite or the method is blank */
        public Scored {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(metric + ": expected a finite value, found " + value);
            }
            if (method.isBlank()) {
                throw new IllegalArgumentException(metric + ": expected the name of a method, found none");
            }
        }
    }

    /**
     * No number: undefined is neither 0 nor NaN.
     *
     * @param reason one sentence for people, as in "precision needs at least 6 images, found 4"
     * @param n observations there are, at least 0
     */
    record Unscored(MetricId metric, String reason, long n) implements Score {

        /** Without observations. */
        public Unscored(MetricId metric, String reason) {
            this(metric, reason, 0);
        }

        /** @throws IllegalArgumentException if the reason is blank */
        public Unscored {
            if (reason.isBlank()) {
                throw new IllegalArgumentException(metric + ": expected a reason, found none");
            }
        }
    }

    /**
     * How many observations stand behind a number: images, unless the method says pairs or attributes.
     *
     * @param generated at least 0
     * @param reference at least 0; 0 for metrics without a reference set
     */
    record SampleSize(long generated, long reference) {

        /** @throws IllegalArgumentException if a count is negative */
        public SampleSize {
            if (generated < 0 || reference < 0) {
                throw new IllegalArgumentException(
                        "sample size: expected counts of at least 0, found " + generated + " and " + reference);
            }
        }
    }

    /**
     * An interval around a value.
     *
     * @param low at most {@code high}
     * @param level nominal coverage in (0, 1)
     * @param method as in {@code delete-one jackknife, normal}
     */
    record Interval(double low, double high, double level, String method) {

        /** @throws IllegalArgumentException if the bounds are not finite or out of order, or the level is not in (0, 1) */
        public Interval {
            if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high) || !(level > 0 && level < 1)) {
                throw new IllegalArgumentException(
                        "interval: expected finite low <= high and a level in (0, 1), found [" + low + ", " + high
                                + "] at " + level);
            }
        }
    }
}
