package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.engine.EngineException;
import java.util.Locale;

/**
 * A Fréchet distance and its parts: {@code value = meanTerm + traces - 2 * crossTerm}. Where rounding alone makes that negative it is
 * 0; below that it is no distance, and there is no number.
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
        /** Sum of the singular values of {@code L1' L2}, with {@code L L'} the covariances. */
        SINGULAR_VALUES,
        /** The same of the product of the centred rows, where a set has no more images than d. */
        NUCLEAR_NORM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Puts the parts together.
     *
     * @param dimension d: parts are sums of that many numbers, so {@code 4 d} units in the last place of them are rounding
     * @throws EngineException if the value is not finite, or below 0 by more than rounding
     */
    static FrechetDistance of(
            double meanTerm,
            double generatedTrace,
            double referenceTrace,
            double crossTerm,
            int dimension,
            Route route) {
        double traces = generatedTrace + referenceTrace;
        double value = meanTerm + traces - 2 * crossTerm;
        double rounding = 4 * dimension * Math.ulp(1.0) * (meanTerm + traces);
        if (!(value >= -rounding && value < Double.POSITIVE_INFINITY)) {
            throw new EngineException(String.format(
                    Locale.ROOT,
                    "fid: expected a finite distance not below 0 by more than %.3g of rounding, found %.6g (squared distance of"
                            + " means %.6g, traces %.6g generated and %.6g reference, cross term %.6g); 'touchstone doctor' checks"
                            + " the linear algebra",
                    rounding,
                    value,
                    meanTerm,
                    generatedTrace,
                    referenceTrace,
                    crossTerm));
        }
        return new FrechetDistance(Math.max(value, 0), meanTerm, traces, crossTerm, route);
    }
}
