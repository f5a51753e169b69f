package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.image.RgbImage;
import java.util.OptionalDouble;
import java.util.Set;

/** A metric of the pixels of two pictures of one size. */
public abstract class PixelPairMetric implements ImageMetric {

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.PIXELS, Reads.PARTNER);
    }

    @Override
    public MetricResult of(Input input) {
        MetricId id = id(input.network());
        if (input.references().isEmpty()) {
            return MetricResult.of(new Score.Unscored(id, "the picture has no partner"));
        }
        OptionalDouble value =
                between(input.picture().pixels(), input.references().get(0).pixels());
        return value.isPresent()
                ? MetricResult.of(new Score.Scored(
                        id,
                        value.getAsDouble(),
                        direction(),
                        new Score.SampleSize(1, 1),
                        java.util.Optional.empty(),
                        "pixels"))
                : MetricResult.of(new Score.Unscored(id, undefined()));
    }

    /** The value of two pictures; empty where it is not defined. */
    protected abstract OptionalDouble between(RgbImage generated, RgbImage reference);
}
