package dev.touchstone.metrics.metric;

/** Which way a metric improves. */
public enum Direction {
    LOWER_IS_BETTER,
    HIGHER_IS_BETTER;

    /**
     * By how much the candidate improves on the baseline, in the metric's own unit.
     *
     * @return positive if the candidate is better, 0 if equal
     */
    public double improvement(double candidate, double baseline) {
        return this == LOWER_IS_BETTER ? baseline - candidate : candidate - baseline;
    }
}
