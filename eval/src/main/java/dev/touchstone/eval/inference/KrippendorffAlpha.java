package dev.touchstone.eval.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Krippendorff's alpha for any number of judges with missing ratings (Krippendorff 2011, "Computing Krippendorff's
 * Alpha-Reliability"). Units with fewer than two ratings carry no information and are left out. Undefined where no unit
 * has two ratings, or all ratings are the same value.
 */
public final class KrippendorffAlpha {

    private KrippendorffAlpha() {}

    /** What the distance of two ratings is. */
    public enum Level {
        /** Same or not. */
        NOMINAL,
        /** By the number of ratings between them. */
        ORDINAL,
        /** By their squared difference. */
        INTERVAL
    }

    /** @param units ratings per unit, in any order; a judge who gave none is simply absent */
    public static Agreement of(double[][] units, Level level) {
        List<double[]> pairable = new ArrayList<>();
        for (double[] unit : units) {
            if (unit.length >= 2) {
                pairable.add(unit);
            }
        }
        if (pairable.isEmpty()) {
            return new Agreement.Undefined("no unit has two ratings");
        }
        double[] values = pairable.stream()
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        if (values.length == 1) {
            return new Agreement.Undefined("all ratings are the same");
        }
        double[][] coincidences = coincidences(pairable, values);
        double[] totals = new double[values.length];
        double n = 0;
        for (int c = 0; c < values.length; c++) {
            for (double count : coincidences[c]) {
                totals[c] += count;
            }
            n += totals[c];
        }
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < values.length; c++) {
            for (int k = 0; k < values.length; k++) {
                double distance = distance(level, values, totals, Math.min(c, k), Math.max(c, k));
                observed += coincidences[c][k] * distance;
                expected += totals[c] * totals[k] * distance;
            }
        }
        double alpha = 1 - (n - 1) * observed / expected;
        return new Agreement.Measured(alpha, pairable.size(), (int) Math.round(n));
    }

    private static double[][] coincidences(List<double[]> units, double[] values) {
        double[][] coincidences = new double[values.length][values.length];
        for (double[] unit : units) {
            int[] counts = new int[values.length];
            for (double rating : unit) {
                counts[Arrays.binarySearch(values, rating)]++;
            }
            for (int c = 0; c < values.length; c++) {
                for (int k = 0; k < values.length; k++) {
                    double pairs = (double) counts[c] * (counts[k] - (c == k ? 1 : 0));
                    coincidences[c][k] += pairs / (unit.length - 1);
                }
            }
        }
        return coincidences;
    }

    private static double distance(Level level, double[] values, double[] totals, int low, int high) {
        if (low == high) {
            return 0;
        }
        return switch (level) {
            case NOMINAL -> 1;
            case INTERVAL -> (values[high] - values[low]) * (values[high] - values[low]);
            case ORDINAL -> {
                double between = -(totals[low] + totals[high]) / 2;
                for (int g = low; g <= high; g++) {
                    between += totals[g];
                }
                yield between * between;
            }
        };
    }
}
