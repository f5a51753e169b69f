package dev.touchstone.metrics.metric.fid;

import java.util.Locale;

/**
 * A Fréchet distance and its parts: {@code value = meanTerm + traces - 2 * crossTerm}, and 0 where rounding would make
 * it negative.
 *
 * @param value in [0, inf)
 * @param meanTerm squared distance of the means
 * @param traces sum of the traces of the two covariances
 * @param crossTerm trace of the root of the product of the covariances
 * @param route how the cross term was computed
 */
public record FrechetDistance(double value, double meanTerm, double traces, double crossTerm, Route route) {

    /** The two ways to the same number. */
    public enum Route {
        /** Roots of the eigenvalues of {@code F' S F}, with {@code F F'} the one covariance and S the other. */
        SYMMETRIC_EIGENVALUES,
        /** Sum of the singular values of the product of the centred rows, where a set has no more images than d. */
        NUCLEAR_NORM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static FrechetDistance of(double meanTerm, double traces, double crossTerm, Route route) {
        return new FrechetDistance(Math.max(meanTerm + traces - 2 * crossTerm, 0), meanTerm, traces, crossTerm, route);
    }
}
