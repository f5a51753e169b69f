package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.metrics.metric.Direction;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that a decision rests on, as it was found. Recorded in {@code decision.json}, so that the decision can be made again
 * without the runs.
 *
 * @param runs what was compared
 * @param policy by what it is decided
 * @param day on which it is decided, UTC
 * @param looks how often this candidate was decided on with other pictures, this time included; at least 1
 * @param conditions what differs between the runs
 * @param falseWins rules of false wins that fired
 * @param findings what the runs say about every rule
 * @param movements numbers whose interval lies on one side of no change
 * @param profiles both runs in every cohort that pictures may be routed by
 * @param calibration measured noise, where the policy names some
 */
public record GateInputs(
        Runs runs,
        PolicySource policy,
        LocalDate day,
        int looks,
        Setting conditions,
        List<FalseWin> falseWins,
        List<Finding> findings,
        List<Movement> movements,
        List<CohortProfile> profiles,
        Optional<CalibrationFound> calibration) {

    /** @throws IllegalArgumentException if there was no look */
    public GateInputs {
        if (looks < 1) {
            throw new IllegalArgumentException("gate: expected at least 1 look, found " + looks);
        }
        falseWins = List.copyOf(falseWins);
        findings = List.copyOf(findings);
        movements = List.copyOf(movements);
        profiles = List.copyOf(profiles);
    }

    /** The two runs and the digests of their records of images. */
    public record Runs(String candidate, String baseline, String candidateDigest, String baselineDigest) {}

    /**
     * A policy as it was read.
     *
     * @param name of the file
     * @param text verbatim
     * @param vocabulary cohorts that it was checked against
     */
    public record PolicySource(String name, String text, PolicyVocabulary vocabulary) {}

    /**
     * What differs between the runs.
     *
     * @param comparable whether numbers may be compared
     * @param kind as the comparison calls it
     * @param headline one line for people
     * @param variables names of what was changed
     * @param images pairs of pictures
     * @param identical pairs that are the same byte for byte
     */
    public record Setting(
            boolean comparable, String kind, String headline, List<String> variables, int images, int identical) {

        public Setting {
            variables = List.copyOf(variables);
        }
    }

    /** A number that moved. */
    public record Movement(
            String metric,
            CohortKey cohort,
            double base,
            double candidate,
            Interval difference,
            String unit,
            Optional<Direction> direction) {

        /** Whether it moved to the worse; false where there is no better or worse. */
        public boolean worse() {
            return direction.isPresent()
                    && (direction.get() == Direction.LOWER_IS_BETTER ? difference.lower() > 0 : difference.upper() < 0);
        }

        /** Whether it moved to the better. */
        public boolean better() {
            return direction.isPresent()
                    && (direction.get() == Direction.LOWER_IS_BETTER ? difference.upper() < 0 : difference.lower() > 0);
        }
    }

    /**
     * Both runs in a cohort.
     *
     * @param quality what is called quality here, such as {@code usable.rate}
     * @param gain candidate minus baseline of the quality; empty where it has no interval
     */
    public record CohortProfile(
            CohortKey cohort, String quality, Profile baseline, Profile candidate, Optional<Interval> gain) {}

    /** One run in a cohort: quality (more is better), mean seconds of a request, money per picture; what is not known is empty. */
    public record Profile(OptionalDouble quality, OptionalDouble seconds, OptionalDouble cost) {}

    /**
     * The calibration that a policy names.
     *
     * @param state whether it may be used
     * @param measuredOn empty where there is none
     * @param noises by metric and cohort
     */
    public record CalibrationFound(
            State state, String detail, Optional<LocalDate> measuredOn, List<Calibration.Noise> noises) {

        public CalibrationFound {
            noises = List.copyOf(noises);
        }

        /** Whether a calibration may be used. */
        public enum State {
            USABLE("usable"),
            /** Too old, or of another model, engine or machine. */
            STALE("stale"),
            /** The file is not there. */
            MISSING("missing");

            private final String id;

            State(String id) {
                this.id = id;
            }

            /** The name in results. */
            public String id() {
                return id;
            }
        }
    }
}
