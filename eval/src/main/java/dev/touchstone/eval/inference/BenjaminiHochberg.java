package dev.touchstone.eval.inference;

/**
 * Benjamini and Hochberg's step-up correction (1995, JRSS-B 57:289-300): of what is called found at a rate q, an expected
 * share of at most q is false, for independent or positively dependent tests.
 */
public final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /**
     * Adjusted p-values (q-values) in the given order; none for none.
     *
     * @param p each in [0, 1]
     * @throws IllegalArgumentException if one is not
     */
    public static double[] adjusted(double[] p) {
        Integer[] order = HolmCorrection.ascending(p);
        double[] adjusted = new double[p.length];
        double least = 1;
        for (int rank = p.length; rank >= 1; rank--) {
            int index = order[rank - 1];
            least = Math.min(least, p[index] * p.length / rank);
            adjusted[index] = least;
        }
        return adjusted;
    }
}
