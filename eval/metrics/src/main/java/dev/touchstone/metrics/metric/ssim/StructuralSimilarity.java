package dev.touchstone.metrics.metric.ssim;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricException;

/**
 * SSIM (Wang et al. 2004) and MS-SSIM (Wang et al. 2003) as piq 0.8.0: Gaussian window of 11 pixels, sigma 1.5, only where
 * it lies inside the image, K1 0.01, K2 0.03, population variance, per channel and then averaged. In [-1, 1], 1 for
 * identical images.
 */
public final class StructuralSimilarity {

    public static final String NAME = "ssim";
    public static final String MULTI_SCALE_NAME = "ms-ssim";

    private static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    /** Exponents of the five scales, finest first (Wang et al. 2003). */
    private static final double[] SCALES = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    private StructuralSimilarity() {}

    /** Mean similarity and mean contrast-structure term of a channel. */
    private record Means(double similarity, double contrast) {}

    /**
     * SSIM of two images.
     *
     * @throws MetricException if the sizes differ or a side is shorter than the window
     */
    public static double between(RgbImage generated, RgbImage reference, Downsampling downsampling) {
        requireSameSize(generated, reference);
        int side = Math.min(generated.widthPixels(), generated.heightPixels());
        int factor = downsampling == Downsampling.NONE ? 1 : Math.max(1, (int) Math.rint(side / 256.0));
        requireSide(NAME, side / factor, WINDOW);
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            Plane a = Plane.of(generated, channel).reduced(factor);
            Plane b = Plane.of(reference, channel).reduced(factor);
            sum += means(a, b).similarity();
        }
        return sum / 3;
    }

    /**
     * MS-SSIM over five scales.
     *
     * @throws MetricException if the sizes differ or a side is below 161 pixels
     */
    public static double multiScale(RgbImage generated, RgbImage reference) {
        requireSameSize(generated, reference);
        int smallest = (WINDOW - 1) * (1 << SCALES.length - 1) + 1;
        requireSide(MULTI_SCALE_NAME, Math.min(generated.widthPixels(), generated.heightPixels()), smallest);
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            Plane a = Plane.of(generated, channel);
            Plane b = Plane.of(reference, channel);
            double product = 1;
            for (int scale = 0; scale < SCALES.length; scale++) {
                if (scale > 0) {
                    a = a.padded().reduced(2);
                    b = b.padded().reduced(2);
                }
                Means means = means(a, b);
                boolean last = scale == SCALES.length - 1;
                product *= Math.pow(Math.max(last ? means.similarity() : means.contrast(), 0), SCALES[scale]);
            }
            sum += product;
        }
        return sum / 3;
    }

    private static Means means(Plane a, Plane b) {
        double[] kernel = kernel();
        double[] meanA = a.filtered(kernel).values();
        double[] meanB = b.filtered(kernel).values();
        double[] squareA = a.times(a).filtered(kernel).values();
        double[] squareB = b.times(b).filtered(kernel).values();
        double[] product = a.times(b).filtered(kernel).values();
        double similarity = 0;
        double contrast = 0;
        for (int i = 0; i < meanA.length; i++) {
            double varianceA = squareA[i] - meanA[i] * meanA[i];
            double varianceB = squareB[i] - meanB[i] * meanB[i];
            double covariance = product[i] - meanA[i] * meanB[i];
            double structure = (2 * covariance + C2) / (varianceA + varianceB + C2);
            contrast += structure;
            similarity += (2 * meanA[i] * meanB[i] + C1) / (meanA[i] * meanA[i] + meanB[i] * meanB[i] + C1) * structure;
        }
        return new Means(similarity / meanA.length, contrast / meanA.length);
    }

    private static double[] kernel() {
        double[] kernel = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = i - WINDOW / 2;
            kernel[i] = Math.exp(-x * x / (2 * SIGMA * SIGMA));
            sum += kernel[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }

    private static void requireSameSize(RgbImage a, RgbImage b) {
        if (a.widthPixels() != b.widthPixels() || a.heightPixels() != b.heightPixels()) {
            throw new MetricException("ssim: expected images of one size, found " + a.widthPixels() + " x "
                    + a.heightPixels() + " and " + b.widthPixels() + " x " + b.heightPixels());
        }
    }

    private static void requireSide(String name, int side, int smallest) {
        if (side < smallest) {
            throw new MetricException(name + ": expected sides of at least " + smallest + " pixels, found " + side);
        }
    }
}
