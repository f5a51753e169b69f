package dev.touchstone.metrics.metric.lpips;

import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import java.util.Optional;
import java.util.Set;

/** LPIPS of a picture to the picture that it belongs to; the kinds differ in which one that is. */
public abstract sealed class LpipsMetric implements ImageMetric {

    private final Reads reference;

    private LpipsMetric(Reads reference) {
        this.reference = reference;
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.PERCEPTUAL, reference);
    }

    @Override
    public MetricResult of(Input input) {
        MetricId id = id(input.network());
        if (input.references().isEmpty()) {
            return MetricResult.of(new Score.Unscored(id, undefined()));
        }
        double least = Double.POSITIVE_INFINITY;
        for (Picture other : input.references()) {
            least = Math.min(least, input.distance().between(input.picture(), other));
        }
        return MetricResult.of(new Score.Scored(
                id,
                least,
                direction(),
                new Score.SampleSize(1, input.references().size()),
                Optional.empty(),
                method(input.references().size())));
    }

    /** How a value came about. */
    abstract String method(int references);

    /** To the picture of the same name on the other side. */
    public static final class ToPartner extends LpipsMetric {

        public ToPartner() {
            super(Reads.PARTNER);
        }

        @Override
        public String name() {
            return LearnedPerceptualSimilarity.METRIC;
        }

        @Override
        public String title() {
            return "LPIPS";
        }

        @Override
        public String definition() {
            return "unit channels, weighted squared difference, mean over positions, sum over layers; spatial: upsampled sum";
        }

        @Override
        public String undefined() {
            return "the picture has no partner";
        }

        @Override
        String method(int references) {
            return "distance to its partner";
        }
    }

    /** To the wanted result of an edit. */
    public static final class ToTarget extends LpipsMetric {

        public ToTarget() {
            super(Reads.TARGET);
        }

        @Override
        public String name() {
            return "lpips-target";
        }

        @Override
        public String title() {
            return "LPIPS to target";
        }

        @Override
        public String definition() {
            return "LPIPS to the golden result of the prompt's edit";
        }

        @Override
        public String undefined() {
            return "the golden dataset has no target for this edit";
        }

        @Override
        String method(int references) {
            return "distance to the edit's target";
        }
    }

    /** To the nearest of the golden pictures that show most of what the prompt asks for. */
    public static final class ToReference extends LpipsMetric {

        public ToReference() {
            super(Reads.NEAREST);
        }

        @Override
        public String name() {
            return "lpips-reference";
        }

        @Override
        public String title() {
            return "LPIPS to golden reference";
        }

        @Override
        public String definition() {
            return "least LPIPS to the golden pictures, four at most, that show most of what the prompt asks for";
        }

        @Override
        public String undefined() {
            return "no golden picture shows what the prompt asks for";
        }

        @Override
        String method(int references) {
            return "least of " + references + " golden pictures";
        }
    }
}
