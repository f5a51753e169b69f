package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a distance between two sets says when there is nothing to find, golden against golden: part of a set, drawn as the run
 * is made, against all the rest of the set. A difference inside the floor is no difference.
 *
 * @param n images drawn
 * @param prompts that they stand for
 * @param referenceN images of the rest
 * @param values one per draw, ascending
 */
public record NoiseFloor(int n, int prompts, int referenceN, List<Double> values) {

    /** @throws IllegalArgumentException if there are no values or a count is below 1 */
    public NoiseFloor {
        if (n < 1 || prompts < 1 || referenceN < 1 || values.isEmpty()) {
            throw new IllegalArgumentException("noise floor: expected images, prompts and at least one value, found "
                    + n + ", " + prompts + ", " + referenceN + " and " + values.size() + " values");
        }
        values = values.stream().sorted().toList();
    }

    /**
     * Measures every draw, several at a time.
     *
     * @param rows of the set
     * @param draws of {@link FloorDesign#of}, at least one
     * @param distance of the drawn rows from all others; called from several threads
     */
    public static NoiseFloor measure(
            int rows, List<FloorDesign.Draw> draws, ToDoubleFunction<FloorDesign.Draw> distance) {
        List<Double> values = LinearAlgebra.withOneThread(
                () -> draws.parallelStream().map(distance::applyAsDouble).toList());
        FloorDesign.Draw first = draws.get(0);
        int n = first.rows().length;
        return new NoiseFloor(n, first.promptCount(), rows - n, values);
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * The smallest value that at least this share of the draws does not exceed: the 95th percentile of 200 draws is the 190th
     * in ascending order.
     *
     * @param share in (0, 1]
     */
    public double quantile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("noise floor: expected a share in (0, 1], found " + share);
        }
        return values.get((int) Math.ceil(share * values.size()) - 1);
    }
}
