package dev.touchstone.eval.inference;

/**
 * Newcombe's hybrid score interval of the difference of two independent proportions (Newcombe 1998, Statistics in Medicine
 * 17:873-890, method 10): Wilson's limits of the two sides, combined.
 */
public final class NewcombeInterval {

    private NewcombeInterval() {}

    /**
     * Interval of first proportion minus second.
     *
     * @throws IllegalArgumentException if a count is outside [0, n], an n is not positive or the level is outside (0, 1)
     */
    public static Interval difference(
            double firstSuccesses, double firstN, double secondSuccesses, double secondN, double level) {
        Interval first = WilsonInterval.of(firstSuccesses, firstN, level);
        Interval second = WilsonInterval.of(secondSuccesses, secondN, level);
        double p1 = firstSuccesses / firstN;
        double p2 = secondSuccesses / secondN;
        double below = Math.hypot(p1 - first.lower(), second.upper() - p2);
        double above = Math.hypot(first.upper() - p1, p2 - second.lower());
        return new Interval(p1 - p2 - below, p1 - p2 + above, level);
    }
}
