package dev.touchstone.eval.inference;

import java.util.Arrays;

/**
 * Gwet's AC1 for any number of judges with missing ratings (Gwet 2008, BJMSP 61:29-48): chance agreement does not collapse
 * when nearly all ratings are the same. Observed agreement uses units with two ratings or more; the category shares use every
 * unit with a rating. Undefined where no unit has two ratings.
 */
public final class GwetAc1 {

    private GwetAc1() {}

    /**
     * The categories are those that occur; where only one does, agreement is 1.
     *
     * @param units ratings per unit, in any order; a judge who gave none is simply absent
     */
    public static Agreement of(double[][] units) {
        double[] values = Arrays.stream(units)
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        double agreement = 0;
        int pairable = 0;
        int rated = 0;
        int ratings = 0;
        double[] shares = new double[values.length];
        for (double[] unit : units) {
            if (unit.length == 0) {
                continue;
            }
            rated++;
            double agreeing = 0;
            int[] counts = new int[values.length];
            for (double rating : unit) {
                counts[Arrays.binarySearch(values, rating)]++;
            }
            for (int k = 0; k < values.length; k++) {
                shares[k] += (double) counts[k] / unit.length;
                agreeing += (double) counts[k] * (counts[k] - 1);
            }
            if (unit.length >= 2) {
                pairable++;
                ratings += unit.length;
                agreement += agreeing / ((double) unit.length * (unit.length - 1));
            }
        }
        if (pairable == 0) {
            return new Agreement.Undefined("no unit has two ratings");
        }
        if (values.length == 1) {
            return new Agreement.Measured(1, pairable, ratings);
        }
        double chance = 0;
        for (double share : shares) {
            chance += share / rated * (1 - share / rated);
        }
        chance /= values.length - 1;
        return new Agreement.Measured((agreement / pairable - chance) / (1 - chance), pairable, ratings);
    }
}
