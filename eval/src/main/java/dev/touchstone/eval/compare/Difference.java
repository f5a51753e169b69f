package dev.touchstone.eval.compare;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** What became of one number of a cohort from the base to the candidate, or why that cannot be said. */
public sealed interface Difference {

    /** Id of the number, as in {@code latency.end-to-end.p95} or {@code usable.rate}. */
    String metric();

    /** What the number may be used for. */
    Use use();

    /** Whether a release may be decided on a number. */
    enum Use {
        /** A policy may set a margin on it. */
        DECIDES,
        /** It explains; it decides only where the engine is released and the weights stay. */
        EXPLAINS,
        /** It is shown and never decides: its bias depends on the model. */
        SHOWN
    }

    /**
     * Candidate minus base over the prompts that both have.
     *
     * @param unit of the values
     * @param direction which way is better, where there is one
     * @param base over the prompts that both have; 0 for numbers that are a difference by themselves
     * @param candidate over the same prompts
     * @param difference candidate minus base
     * @param interval of the difference; empty where the number has none
     * @param method how difference and interval were computed
     * @param prompts behind it, the independent units
     * @param images or requests behind it, of one run
     */
    record Measured(
            String metric,
            Use use,
            String unit,
            Optional<Direction> direction,
            double base,
            double candidate,
            double difference,
            Optional<Interval> interval,
            String method,
            int prompts,
            int images)
            implements Difference {

        /** @throws IllegalArgumentException if a number is not finite or a text is blank */
        public Measured {
            if (!Double.isFinite(base) || !Double.isFinite(candidate) || !Double.isFinite(difference)) {
                throw new IllegalArgumentException(
                        metric + ": expected finite numbers, found " + base + ", " + candidate + " and " + difference);
            }
            if (metric.isBlank() || unit.isBlank() || method.isBlank()) {
                throw new IllegalArgumentException("difference: expected a metric, a unit and a method");
            }
        }

        /** Whether the whole interval lies on the better or the worse side of 0, or neither. */
        public Change change() {
            if (interval.isEmpty() || direction.isEmpty()) {
                return Change.OPEN;
            }
            boolean up = interval.get().lower() > 0;
            boolean down = interval.get().upper() < 0;
            if (!up && !down) {
                return Change.OPEN;
            }
            return up == (direction.get() == Direction.HIGHER_IS_BETTER) ? Change.BETTER : Change.WORSE;
        }
    }

    /** What an interval says about a difference. */
    enum Change {
        BETTER,
        WORSE,
        /** The interval holds 0, or there is none. */
        OPEN
    }

    /**
     * No difference.
     *
     * @param reason a short phrase
     * @param prompts that both runs have a value for
     */
    record Unmeasured(String metric, Use use, String reason, int prompts) implements Difference {

        /** @throws IllegalArgumentException if the reason is blank */
        public Unmeasured {
            if (reason.isBlank()) {
                throw new IllegalArgumentException(metric + ": expected a reason, found none");
            }
        }
    }
}
