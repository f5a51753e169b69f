package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.linear.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * What a distance between two sets says when there is nothing to find: the metric between disjoint subsets of one set,
 * both of the size at which the real comparison is made. A difference inside the floor is no difference.
 *
 * @param n images in each of the two subsets
 * @param values one per repeat, ascending
 */
public record NoiseFloor(int n, List<Double> values) {

    /** @throws IllegalArgumentException if there are no values or n is below 1 */
    public NoiseFloor {
        if (n < 1 || values.isEmpty()) {
            throw new IllegalArgumentException("noise floor: expected n >= 1 and at least one value, found n = " + n
                    + ", " + values.size() + " values");
        }
        values = values.stream().sorted().toList();
    }

    /**
     * Draws disjoint pairs of subsets and measures each.
     *
     * @param set rows of one set, in a stable order
     * @param n wanted size of each subset; where the set is smaller than {@code 2 n}, halves are taken and
     *     {@link #n()} says so
     * @param repeats number of pairs, at least 1
     * @param seed the draws depend on it and on the number of the repeat, nothing else
     * @param distance the metric, of two sets of equal size
     * @throws MetricException if the set has fewer than 4 rows
     */
    public static NoiseFloor measure(Rows set, int n, int repeats, long seed, ToDoubleBiFunction<Rows, Rows> distance) {
        if (set.rows() < 4) {
            throw new MetricException("noise floor: expected at least 4 images, found " + set.rows());
        }
        int size = Math.min(n, set.rows() / 2);
        List<Double> values = new ArrayList<>();
        for (int repeat = 0; repeat < repeats; repeat++) {
            int[] order = shuffled(set.rows(), seed, repeat);
            int[] first = java.util.Arrays.copyOfRange(order, 0, size);
            int[] second = java.util.Arrays.copyOfRange(order, size, 2 * size);
            values.add(distance.applyAsDouble(set.select(first), set.select(second)));
        }
        return new NoiseFloor(size, values);
    }

    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * The smallest value that at least this share of the repeats does not exceed.
     *
     * @param share in (0, 1]
     */
    public double quantile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("noise floor: expected a share in (0, 1], found " + share);
        }
        return values.get((int) Math.ceil(share * values.size()) - 1);
    }

    private static int[] shuffled(int rows, long seed, int repeat) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        long stream = mix(mix(seed ^ 0x6e6f697365L) + repeat);
        for (int i = rows - 1; i > 0; i--) {
            int j = (int) Math.floorMod(mix(stream + i * 0x9e3779b97f4a7c15L), (long) i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
