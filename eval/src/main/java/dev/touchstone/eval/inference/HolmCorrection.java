package dev.touchstone.eval.inference;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's step-down correction (Holm 1979, Scandinavian Journal of Statistics 6:65-70): rejecting where the adjusted value is
 * at most alpha keeps the chance of any false rejection at alpha, whatever the dependence.
 */
public final class HolmCorrection {

    private HolmCorrection() {}

    /**
     * Adjusted p-values in the given order; none for none.
     *
     * @param p each in [0, 1]
     * @throws IllegalArgumentException if one is not
     */
    public static double[] adjusted(double[] p) {
        Integer[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double most = 0;
        for (int rank = 0; rank < p.length; rank++) {
            most = Math.max(most, Math.min(1, (p.length - rank) * p[order[rank]]));
            adjusted[order[rank]] = most;
        }
        return adjusted;
    }

    static Integer[] ascending(double[] p) {
        Integer[] order = new Integer[p.length];
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new IllegalArgumentException("p-value: expected a number in [0, 1], found " + p[i]);
            }
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        return order;
    }
}
