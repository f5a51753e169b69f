package dev.touchstone.metrics.metric.psnr;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.PixelPairMetric;
import java.util.OptionalDouble;

/** Peak signal to noise ratio of two pictures. */
public final class PsnrMetric extends PixelPairMetric {

    @Override
    public String name() {
        return PeakSignalToNoise.NAME;
    }

    @Override
    public String title() {
        return "PSNR";
    }

    @Override
    public String unit() {
        return "dB";
    }

    @Override
    public String definition() {
        return "`10 log10(255² / MSE)`";
    }

    @Override
    public String undefined() {
        return "identical pictures";
    }

    @Override
    protected OptionalDouble between(RgbImage generated, RgbImage reference) {
        return PeakSignalToNoise.between(generated, reference);
    }
}
