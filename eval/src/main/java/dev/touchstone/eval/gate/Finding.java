package dev.touchstone.eval.gate;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What the runs say about a rule in a cohort: recorded, so that a decision can be made again without the runs. */
public sealed interface Finding {

    /** Text of the rule. */
    String rule();

    /** Where. */
    CohortKey cohort();

    /** Independent units there are. */
    int prompts();

    /**
     * There is a number.
     *
     * @param sides the numbers of the two runs
     * @param tested what was held against the bound
     * @param tests p-values
     * @param prompts behind it
     * @param needed prompts that would decide if the number stayed what it is; empty where it lies too close to the bound
     */
    record Measured(
            String rule, CohortKey cohort, Sides sides, Tested tested, Tests tests, int prompts, OptionalLong needed)
            implements Finding {}

    /**
     * There is none.
     *
     * @param reason a short phrase
     */
    record Unmeasured(String rule, CohortKey cohort, String reason, int prompts) implements Finding {

        /** @throws IllegalArgumentException if the reason is blank */
        public Unmeasured {
            if (reason.isBlank()) {
                throw new IllegalArgumentException(rule + ": expected a reason, found none");
            }
        }
    }

    /**
     * The numbers of the two runs.
     *
     * @param candidate finite
     * @param baseline empty where the rule does not look at it and it is not known
     * @param unit as compared, such as {@code s}; {@code 1} for shares and scores
     */
    record Sides(double candidate, OptionalDouble baseline, String unit) {}

    /**
     * What was held against the bound.
     *
     * @param quantity what the value is
     * @param value finite
     * @param bound it is held against
     * @param interval two-sided at level {@code 1 - 2 alpha}, so that each side is a test at alpha
     * @param method how it was computed
     */
    record Tested(Quantity quantity, double value, double bound, Interval interval, String method) {}

    /** What a tested value is. */
    enum Quantity {
        /** The candidate's own number. */
        VALUE("value"),
        /** Candidate minus baseline. */
        DIFFERENCE("difference"),
        /** Candidate over baseline. */
        RATIO("ratio");

        private final String id;

        Quantity(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }
    }

    /**
     * One-sided p-values, each in [0, 1].
     *
     * @param breaks small says that the rule is broken
     * @param meets small says that the rule is met
     * @param worse small says that the candidate is worse than the baseline by however little; 1 without a baseline
     * @param better small says that it is better
     */
    record Tests(double breaks, double meets, double worse, double better) {

        /** @throws IllegalArgumentException if a value is outside [0, 1] */
        public Tests {
            for (double p : new double[] {breaks, meets, worse, better}) {
                if (!(p >= 0 && p <= 1)) {
                    throw new IllegalArgumentException("p-value: expected a number in [0, 1], found " + p);
                }
            }
        }
    }

    /** The numbers, where there are any. */
    default Optional<Measured> measured() {
        return this instanceof Measured measured ? Optional.of(measured) : Optional.empty();
    }
}
