package dev.touchstone.eval.inference;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Tango's score interval of the difference of two proportions of the same units, one value each (Tango 1998, Statistics in
 * Medicine 17:891-908). The set of differences that the score test does not reject.
 */
public final class TangoInterval {

    private static final int HALVINGS = 100;

    private TangoInterval() {}

    /**
     * Interval of first proportion minus second.
     *
     * @param onlyFirst units where only the first is a success, at least 0
     * @param onlySecond units where only the second is, at least 0
     * @param n all units, at least 1 and at least the sum of both
     */
    public static Interval difference(int onlyFirst, int onlySecond, int n, double level) {
        Interval.requireLevel(level);
        if (onlyFirst < 0 || onlySecond < 0 || n < 1 || onlyFirst + onlySecond > n) {
            throw new IllegalArgumentException("tango interval: expected counts of at least 0 that n holds, found "
                    + onlyFirst + " and " + onlySecond + " of " + n);
        }
        double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - (1 - level) / 2);
        double value = (onlyFirst - onlySecond) / (double) n;
        double lower = edge(onlyFirst, onlySecond, n, value, -1, z);
        double upper = edge(onlyFirst, onlySecond, n, value, 1, z);
        return new Interval(Math.min(lower, value), Math.max(upper, value), level);
    }

    private static double edge(int b, int c, int n, double inside, double outside, double z) {
        double in = inside;
        double out = outside;
        if (Math.abs(score(b, c, n, out)) <= z) {
            return out;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (in + out) / 2;
            if (Math.abs(score(b, c, n, middle)) <= z) {
                in = middle;
            } else {
                out = middle;
            }
        }
        return in;
    }

    /** Tango's equation 5: the standardised distance of the observed difference from a supposed one. */
    static double score(int b, int c, int n, double difference) {
        double distance = b - c - n * difference;
        if (distance == 0) {
            return 0;
        }
        double linear = -b - c + (2 * n - b + c) * difference;
        double constant = -c * difference * (1 - difference);
        double q = (Math.sqrt(linear * linear - 8.0 * n * constant) - linear) / (4.0 * n);
        double variance = n * (2 * q + difference * (1 - difference));
        return variance <= 0 ? Math.copySign(Double.MAX_VALUE, distance) : distance / Math.sqrt(variance);
    }
}
