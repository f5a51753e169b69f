package dev.touchstone.generator.simulator;

import java.time.Duration;

/**
 * What is true of the requests of one cohort.
 *
 * @param usableRate share of pictures that show what was asked, in [0, 1]
 * @param moderatedRate share of prompts that policy refuses, in [0, 1]
 * @param phases how long things take
 */
public record CohortTruth(double usableRate, double moderatedRate, Phases phases) {

    /**
     * Times of one request. Each is exact but for the spread, which multiplies all of a request by one number.
     *
     * @param encoding of the prompt
     * @param step of sampling, of a whole request
     * @param steps where a request does not say how many
     * @param decoding of one picture
     * @param spread standard deviation of the logarithm of a request's own factor; 0 makes every request take the same
     */
    public record Phases(Duration encoding, Duration step, int steps, Duration decoding, double spread) {

        /** Nothing takes any time. */
        public static final Phases NONE = new Phases(Duration.ZERO, Duration.ZERO, 4, Duration.ZERO, 0);
    }

    /** @throws IllegalArgumentException if a rate is none */
    public CohortTruth {
        if (!(usableRate >= 0 && usableRate <= 1) || !(moderatedRate >= 0 && moderatedRate <= 1)) {
            throw new IllegalArgumentException("truth: expected rates in [0, 1], found a usable rate of " + usableRate
                    + " and a moderated rate of " + moderatedRate);
        }
    }
}
