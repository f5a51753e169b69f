package dev.touchstone.eval.inference;

/**
 * Interval of a ratio from an interval of its numerator and one of its denominator (method of variance estimates recovery;
 * Donner and Zou 2012, Statistical Methods in Medical Research 21:347-359, with the covariance term of Zou and Donner 2008,
 * Statistics in Medicine 27:1693-1702). With symmetric limits it is Fieller's; limits that lean, such as Wilson's of a rate near
 * 1, keep their lean and never lose their width, where Fieller's variance of a few equal values is 0.
 */
public final class MoverRatio {

    private MoverRatio() {}

    /**
     * The interval of {@code numerator / denominator}; without an upper end where the denominator's lower limit is 0 or below.
     *
     * @param numerator above 0
     * @param ofNumerator its interval, around it
     * @param denominator at least 0; at 0 there is no upper end
     * @param ofDenominator its interval, around it, its upper bound above 0
     * @param correlation of the two estimates, in [-1, 1]
     * @throws IllegalArgumentException if a bound is broken or the two levels differ
     */
    public static Interval of(
            double numerator, Interval ofNumerator, double denominator, Interval ofDenominator, double correlation) {
        if (!(numerator > 0)
                || !(denominator >= 0)
                || !ofNumerator.contains(numerator)
                || !ofDenominator.contains(denominator)
                || !(ofDenominator.upper() > 0)
                || !(Math.abs(correlation) <= 1)
                || ofNumerator.level() != ofDenominator.level()) {
            throw new IllegalArgumentException(
                    "ratio: expected a numerator above 0 and a denominator of at least 0, each"
                            + " inside an interval of one level, and a correlation in [-1, 1], found " + numerator
                            + " in "
                            + ofNumerator + ", " + denominator + " in " + ofDenominator + " and " + correlation);
        }
        // Bounds k with (a - k b)^2 = d1^2 + k^2 d2^2 - 2 r k d1 d2, d1 and d2 the half-widths on the sides that k
        // strains.
        double below = numerator - ofNumerator.lower();
        double above = ofDenominator.upper() - denominator;
        double linear = numerator * denominator - correlation * below * above;
        double square = denominator * denominator - above * above;
        double constant = numerator * numerator - below * below;
        double lower =
                constant <= 0 ? 0 : constant / (linear + Math.sqrt(Math.max(0, linear * linear - square * constant)));
        below = denominator - ofDenominator.lower();
        above = ofNumerator.upper() - numerator;
        linear = numerator * denominator - correlation * above * below;
        square = denominator * denominator - below * below;
        constant = numerator * numerator - above * above;
        double upper = ofDenominator.lower() <= 0 || square <= 0
                ? Double.POSITIVE_INFINITY
                : (linear + Math.sqrt(Math.max(0, linear * linear - square * constant))) / square;
        return new Interval(lower, upper, ofNumerator.level());
    }
}
