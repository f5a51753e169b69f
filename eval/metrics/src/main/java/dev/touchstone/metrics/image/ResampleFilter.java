package dev.touchstone.metrics.image;

/** Pillow's resampling filters, widened when an image shrinks so that no pixel is skipped. */
public enum ResampleFilter {
    /** Triangle of support 1. */
    BILINEAR(1) {
        @Override
        double at(double x) {
            return Math.max(1 - Math.abs(x), 0);
        }
    },
    /** Cubic convolution with a = -0.5, support 2. */
    BICUBIC(2) {
        @Override
        double at(double x) {
            double a = -0.5;
            double t = Math.abs(x);
            if (t < 1) {
                return ((a + 2) * t - (a + 3)) * t * t + 1;
            }
            return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
        }
    };

    private final double support;

    ResampleFilter(double support) {
        this.support = support;
    }

    abstract double at(double x);

    /** Weights that take {@code in} samples to {@code out}, as Pillow's {@code precompute_coeffs}. */
    ResampleWeights weights(int in, int out) {
        double scale = (double) in / out;
        double filterScale = Math.max(scale, 1);
        double reach = support * filterScale;
        int[] first = new int[out];
        double[][] weights = new double[out][];
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - reach + 0.5));
            int high = Math.min(in, (int) (centre + reach + 0.5));
            double[] taps = new double[high - low];
            double sum = 0;
            for (int k = 0; k < taps.length; k++) {
                taps[k] = at((k + low - centre + 0.5) * (1.0 / filterScale));
                sum += taps[k];
            }
            for (int k = 0; k < taps.length && sum != 0; k++) {
                taps[k] /= sum;
            }
            first[i] = low;
            weights[i] = taps;
        }
        return new ResampleWeights(first, weights);
    }
}
