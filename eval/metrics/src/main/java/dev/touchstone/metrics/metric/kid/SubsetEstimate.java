package dev.touchstone.metrics.metric.kid;

import java.util.List;

/**
 * KID by the subset protocol.
 *
 * @param mean mean of the values: the published KID
 * @param standardDeviation of the values over subsets, divided by their number; how far one subset strays, not an
 *     error of the mean
 * @param values one unbiased estimate per subset, in the order of the draws
 * @param size images of each side in a subset
 */
public record SubsetEstimate(double mean, double standardDeviation, List<Double> values, int size) {

    public SubsetEstimate {
        values = List.copyOf(values);
    }

    static SubsetEstimate of(List<Double> values, int size) {
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return new SubsetEstimate(mean, Math.sqrt(squares / values.size()), values, size);
    }
}
