package dev.touchstone.metrics.metric.psnr;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricException;
import java.util.OptionalDouble;

/** PSNR of 8-bit images, {@code 10 log10(255^2 / MSE)} over all samples, in decibels (as torchmetrics and scikit-image). */
public final class PeakSignalToNoise {

    public static final String NAME = "psnr";

    private PeakSignalToNoise() {}

    /**
     * The ratio; empty for identical images, where it is infinite.
     *
     * @throws MetricException if the sizes differ
     */
    public static OptionalDouble between(RgbImage generated, RgbImage reference) {
        if (generated.widthPixels() != reference.widthPixels()
                || generated.heightPixels() != reference.heightPixels()) {
            throw new MetricException("psnr: expected images of one size, found " + generated.widthPixels() + " x "
                    + generated.heightPixels() + " and " + reference.widthPixels() + " x " + reference.heightPixels());
        }
        long squares = 0;
        byte[] a = generated.rgb();
        byte[] b = reference.rgb();
        for (int i = 0; i < a.length; i++) {
            int difference = (a[i] & 0xff) - (b[i] & 0xff);
            squares += (long) difference * difference;
        }
        return squares == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(10 * Math.log10(255.0 * 255.0 * a.length / squares));
    }
}
