package dev.touchstone.metrics.image;

/**
 * Weights of a one-dimensional resampling.
 *
 * @param first first source sample of each target sample
 * @param weights of the source samples from there on
 */
record ResampleWeights(int[] first, double[][] weights) {

    int size() {
        return first.length;
    }

    /** Pillow's fixed-point form for 8-bit images: 22 fractional bits, rounded away from zero. */
    int[][] fixedPoint() {
        int[][] fixed = new int[weights.length][];
        for (int i = 0; i < weights.length; i++) {
            fixed[i] = new int[weights[i].length];
            for (int k = 0; k < weights[i].length; k++) {
                double scaled = weights[i][k] * (1 << PillowResize.PRECISION_BITS);
                fixed[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
        }
        return fixed;
    }
}
