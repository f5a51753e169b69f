package dev.touchstone.eval.inference;

/**
 * Permutation test of paired differences: if the two sides are exchangeable within a unit, the sign of every unit's
 * difference is as likely one as the other. Up to {@value #ENUMERATED} units all sign patterns are counted; above, drawn
 * ones, with {@code p = (b + 1) / (B + 1)}, which is never 0 (Phipson and Smyth 2010, SAGMB 9:39).
 */
public final class SignFlipTest {

    static final int ENUMERATED = 16;

    /** Sums that differ by less than this share of the largest are ties. */
    private static final double SAME = 1e-12;

    private SignFlipTest() {}

    /**
     * Two-sided p-value of the mean difference.
     *
     * @param differences a value per unit, at least one
     * @param random where signs come from
     * @param draws at least 99, used above {@value #ENUMERATED} units
     */
    public static double pValue(double[] differences, IndexedRandom random, int draws) {
        int n = differences.length;
        if (n == 0 || draws < 99) {
            throw new IllegalArgumentException(
                    "sign-flip test: expected values and at least 99 draws, found " + n + " and " + draws);
        }
        double observed = 0;
        double size = 0;
        for (double difference : differences) {
            observed += difference;
            size += Math.abs(difference);
        }
        double bar = Math.abs(observed) - SAME * size;
        if (n <= ENUMERATED) {
            int extreme = 0;
            for (long pattern = 0; pattern < 1L << n; pattern++) {
                extreme += Math.abs(flipped(differences, pattern, 0)) >= bar ? 1 : 0;
            }
            return extreme / (double) (1L << n);
        }
        int extreme = 0;
        int words = (n + 63) / 64;
        for (int draw = 0; draw < draws; draw++) {
            double sum = 0;
            for (int word = 0; word < words; word++) {
                sum += flipped(differences, random.bits((long) draw * words + word), word * 64);
            }
            extreme += Math.abs(sum) >= bar ? 1 : 0;
        }
        return (extreme + 1.0) / (draws + 1.0);
    }

    private static double flipped(double[] differences, long signs, int from) {
        double sum = 0;
        for (int i = from; i < Math.min(differences.length, from + 64); i++) {
            sum += (signs >>> (i - from) & 1) == 0 ? differences[i] : -differences[i];
        }
        return sum;
    }
}
