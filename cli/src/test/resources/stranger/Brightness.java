package stranger;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import java.util.Optional;
import java.util.Set;

/** A metric that Touchstone has never heard of: the mean sample of a picture. */
public final class Brightness implements ImageMetric {

    @Override
    public String name() {
        return "stranger-brightness";
    }

    @Override
    public String title() {
        return "Brightness by a stranger";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public String unit() {
        return "levels";
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.PIXELS);
    }

    @Override
    public String definition() {
        return "mean of all samples, 0 to 255";
    }

    @Override
    public String undefined() {
        return "never";
    }

    @Override
    public MetricResult of(Input input) {
        RgbImage image = input.picture().pixels();
        double sum = 0;
        for (byte sample : image.rgb()) {
            sum += sample & 0xff;
        }
        return MetricResult.of(new Score.Scored(
                id(input.network()),
                sum / image.rgb().length,
                direction(),
                new Score.SampleSize(1, 0),
                Optional.empty(),
                "mean sample"));
    }
}
