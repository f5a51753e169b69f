package dev.touchstone.eval.inference;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over independent units with Student's t. One unit gives an unbounded interval; units without any spread give an
 * interval of one point.
 *
 * @param value the mean
 * @param standardError of the mean, at least 0
 * @param degreesOfFreedom above 0; positive infinity is not allowed
 * @param units behind it, at least 2
 * @param skewness of the estimate: of a unit's value over the square root of their number; 0 leaves Student's t as it is. Hall's
 *     transformation takes it out of both tails (Hall 1992, JRSS-B 54:221-228)
 * @param method short phrase
 */
public record StudentEstimate(
        double value, double standardError, double degreesOfFreedom, int units, double skewness, String method)
        implements Estimate {

    /** With fewer units a sample says too little about its skewness. */
    private static final int FEWEST_FOR_SKEWNESS = 20;

    /** Less than this is nothing. */
    private static final double NO_SKEWNESS = 1e-9;

    /** An estimate whose skewness is not known, or not minded. */
    public StudentEstimate(double value, double standardError, double degreesOfFreedom, int units, String method) {
        this(value, standardError, degreesOfFreedom, units, 0, method);
    }

    /** @throws IllegalArgumentException if a bound is broken */
    public StudentEstimate {
        if (!Double.isFinite(value)
                || !(standardError >= 0)
                || !(degreesOfFreedom > 0)
                || Double.isInfinite(degreesOfFreedom)
                || !Double.isFinite(skewness)
                || units < 2) {
            throw new IllegalArgumentException(
                    "mean: expected a finite value, a standard error >= 0, degrees of freedom"
                            + " > 0 and at least 2 units, found " + value + ", " + standardError + ", "
                            + degreesOfFreedom + " and "
                            + units);
        }
    }

    /**
     * Mean of one value per unit.
     *
     * @param values at least two, finite
     */
    public static StudentEstimate of(double[] values, String method) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("mean: expected at least 2 values, found " + n);
        }
        double mean = mean(values);
        return new StudentEstimate(mean, Math.sqrt(squares(values, mean) / (n - 1) / n), n - 1, n, method);
    }

    /**
     * Mean difference of two shares of the same units, first minus second. The variance has one more pseudo unit than there
     * are units, whose difference is what one independent image of a unit can show ({@code 1 / m} for m images that are
     * worth m, 1 for images that are all alike; EffectiveSample's correlation): without it, few units that happen to agree
     * have no spread and an interval of one point. In the spirit of Agresti and Min 2005, Statistics in Medicine 24:729-740;
     * the centre is not moved. Coverage stands in the tests: conservative below some 60 units of rare events.
     *
     * @param first 0 and 1 per unit and image; no unit empty
     * @param second the same units in the same order
     */
    public static StudentEstimate ofShares(double[][] first, double[][] second) {
        int n = first.length;
        if (n < 2 || n != second.length) {
            throw new IllegalArgumentException(
                    "difference of shares: expected the same units, at least 2, found " + n + " and " + second.length);
        }
        double[] differences = new double[n];
        for (int i = 0; i < n; i++) {
            differences[i] = mean(first[i]) - mean(second[i]);
        }
        EffectiveSample one = EffectiveSample.of(first);
        EffectiveSample other = EffectiveSample.of(second);
        double perUnit = Math.min(one.size() / one.clusters(), other.size() / other.clusters());
        double pseudo = 1 / Math.max(1, perUnit);
        double mean = mean(differences);
        double variance = (squares(differences, mean) + pseudo) / n;
        double skewness = n < FEWEST_FOR_SKEWNESS
                ? 0
                : cubes(differences, mean) / n / (variance * Math.sqrt(variance)) / Math.sqrt(n);
        return new StudentEstimate(
                mean,
                Math.sqrt(variance / n),
                n - 1,
                n,
                skewness,
                "paired by prompt, t over prompts with a pseudo prompt and Hall's correction for skewness");
    }

    /**
     * Sum of independent estimates with fixed weights; degrees of freedom by Welch and Satterthwaite.
     *
     * @param weights at least 0, one per estimate
     */
    public static StudentEstimate weighted(List<StudentEstimate> strata, double[] weights) {
        double value = 0;
        double variance = 0;
        double quartic = 0;
        double cubic = 0;
        int units = 0;
        for (int k = 0; k < weights.length; k++) {
            StudentEstimate one = strata.get(k);
            value += weights[k] * one.value;
            double part = weights[k] * weights[k] * one.standardError * one.standardError;
            variance += part;
            cubic += part * Math.sqrt(part) * one.skewness;
            quartic += part * part / one.degreesOfFreedom;
            units += one.units;
        }
        double freedom = quartic > 0 ? variance * variance / quartic : Math.max(1, units - strata.size());
        double skewness = variance > 0 ? cubic / (variance * Math.sqrt(variance)) : 0;
        return new StudentEstimate(
                value, Math.sqrt(variance), freedom, units, skewness, strata.get(0).method + ", fixed cohort weights");
    }

    @Override
    public Interval interval(double level) {
        Interval.requireLevel(level);
        double t = new TDistribution(null, degreesOfFreedom, 1e-14).inverseCumulativeProbability(1 - (1 - level) / 2);
        return new Interval(
                value - unstraightened(t) * standardError, value - unstraightened(-t) * standardError, level);
    }

    @Override
    public double above(double bound) {
        return straightTail(value - bound, 1);
    }

    @Override
    public double below(double bound) {
        return straightTail(value - bound, -1);
    }

    /** The tail on the side of the sign, after skewness is taken out. */
    private double straightTail(double distance, int sign) {
        if (standardError == 0) {
            return tail(sign * distance, 0, degreesOfFreedom);
        }
        return tail(sign * straightened(distance / standardError), 1, degreesOfFreedom);
    }

    /** Hall's transformation of a studentised distance; rises throughout. */
    private double straightened(double distance) {
        if (Math.abs(skewness) < NO_SKEWNESS) {
            return distance;
        }
        double cube = 1 + skewness * distance / 3;
        return (cube * cube * cube - 1) / skewness + skewness / 6;
    }

    /** Its inverse. */
    private double unstraightened(double straight) {
        if (Math.abs(skewness) < NO_SKEWNESS) {
            return straight;
        }
        return 3 / skewness * (Math.cbrt(1 + skewness * (straight - skewness / 6)) - 1);
    }

    /** Upper tail of Student's t at distance over error; without error the distance alone decides. */
    static double tail(double distance, double error, double freedom) {
        if (error == 0) {
            return distance > 0 ? 0 : 1;
        }
        return new TDistribution(null, freedom).cumulativeProbability(-distance / error);
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double cubes(double[] values, double mean) {
        double cubes = 0;
        for (double value : values) {
            cubes += (value - mean) * (value - mean) * (value - mean);
        }
        return cubes;
    }

    private static double squares(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares;
    }
}
