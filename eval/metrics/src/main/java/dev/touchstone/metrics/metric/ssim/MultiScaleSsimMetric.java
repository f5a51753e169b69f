package dev.touchstone.metrics.metric.ssim;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.PixelPairMetric;
import java.util.OptionalDouble;

/** Structural similarity of two pictures over five scales. */
public final class MultiScaleSsimMetric extends PixelPairMetric {

    @Override
    public String name() {
        return StructuralSimilarity.MULTI_SCALE_NAME;
    }

    @Override
    public String title() {
        return "MS-SSIM";
    }

    @Override
    public String definition() {
        return "SSIM's contrast and structure over five halvings, weighted exponents";
    }

    @Override
    public String undefined() {
        return "never: pictures of unequal or too small size are an error";
    }

    @Override
    protected OptionalDouble between(RgbImage generated, RgbImage reference) {
        return OptionalDouble.of(StructuralSimilarity.multiScale(generated, reference));
    }
}
