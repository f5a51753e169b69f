package dev.touchstone.metrics.metric.ssim;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.PixelPairMetric;
import java.util.OptionalDouble;

/** Structural similarity of two pictures. */
public final class SsimMetric extends PixelPairMetric {

    @Override
    public String name() {
        return StructuralSimilarity.NAME;
    }

    @Override
    public String title() {
        return "SSIM";
    }

    @Override
    public String definition() {
        return "Gaussian 11 x 11, sigma 1.5, K 0.01 and 0.03, windows inside the image";
    }

    @Override
    public String undefined() {
        return "never: pictures of unequal or too small size are an error";
    }

    @Override
    protected OptionalDouble between(RgbImage generated, RgbImage reference) {
        return OptionalDouble.of(StructuralSimilarity.between(generated, reference, Downsampling.NONE));
    }
}
