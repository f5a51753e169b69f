package dev.touchstone.eval.gate;

import dev.touchstone.eval.result.CohortKey;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How much numbers differ between runs of the same thing: measured over five or more A/A runs, and good for the same weights,
 * engine and machine only.
 *
 * @param measuredOn day, UTC
 * @param binding what it holds for
 * @param runs ids of the runs
 * @param noises by metric and cohort
 */
public record Calibration(LocalDate measuredOn, Binding binding, List<String> runs, List<Noise> noises) {

    /** Fewer runs say nothing about the spread between runs. */
    public static final int FEWEST_RUNS = 5;

    public Calibration {
        runs = List.copyOf(runs);
        noises = List.copyOf(noises);
        if (runs.size() < FEWEST_RUNS) {
            throw new IllegalArgumentException(
                    "calibration: expected at least " + FEWEST_RUNS + " runs, found " + runs.size());
        }
    }

    /** What a calibration holds for: digest of the weights, engine with version and precision, kind of machine. */
    public record Binding(String weights, String engine, String hardware) {}

    /**
     * Noise of one number.
     *
     * @param metric name as in policies
     * @param cohort where
     * @param mean over the runs
     * @param deviation standard deviation over the runs, at least 0
     * @param runs behind it, at least 2
     * @param modes one, or two where the runs fall into two groups
     */
    public record Noise(String metric, CohortKey cohort, double mean, double deviation, int runs, Modes modes) {

        /**
         * Noise of a number's values, one per run.
         *
         * @param values at least two
         */
        public static Noise of(String metric, CohortKey cohort, double[] values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            return new Noise(
                    metric, cohort, mean, Math.sqrt(squares / (values.length - 1)), values.length, Modes.of(values));
        }

        /** The largest difference of two runs of the same thing that noise explains, 95 %, two-sided. */
        public double largestDifference() {
            double t = new TDistribution(null, runs - 1).inverseCumulativeProbability(0.975);
            return t * deviation * Math.sqrt(2);
        }
    }

    /** Whether runs agree on one value. */
    public enum Modes {
        ONE("one"),
        /** Two groups whose distance is many times the spread inside them: a mean of both describes neither. */
        TWO("two");

        /** Distance of the groups' means over the spread within them, as Ashman's D; 2 is separation, 4 leaves no doubt. */
        private static final double APART = 4;

        private final String id;

        Modes(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }

        /** Splits the sorted values at the widest gap; both groups need two values. */
        static Modes of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int split = 0;
            double widest = -1;
            for (int i = 2; i <= sorted.length - 2; i++) {
                if (sorted[i] - sorted[i - 1] > widest) {
                    widest = sorted[i] - sorted[i - 1];
                    split = i;
                }
            }
            if (split == 0 || widest == 0) {
                return ONE;
            }
            double[] low = Arrays.copyOfRange(sorted, 0, split);
            double[] high = Arrays.copyOfRange(sorted, split, sorted.length);
            double distance = mean(high) - mean(low);
            double within = Math.sqrt((squares(low) + squares(high)) / (sorted.length - 2));
            return distance > APART * Math.sqrt(2) * within ? TWO : ONE;
        }

        private static double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }

        private static double squares(double[] values) {
            double mean = mean(values);
            return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        }
    }
}
