package dev.touchstone.eval.cost;

import dev.touchstone.eval.inference.ClusteredT;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.MoverRatio;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/**
 * Total cost over usable images. Where only some of the complete images were judged, the usable ones are complete images
 * times the usable rate. The interval combines that of the cost per image over prompts with that of the usable rate and takes
 * into account that the two vary together: where hard prompts are dearer, the rate's interval alone covers 50 to 90 % of what
 * it says. With no usable image there is only a lower bound.
 */
public final class CostPerUsableImage {

    private static final String METHOD =
            "cost per image / usable rate, limits of both combined over prompts (MOVER, a Fieller interval that leans)";

    private static final String RATE_ONLY =
            "cost per image / usable rate, interval of the rate carried through; the cost's own needs 5 prompts";

    private CostPerUsableImage() {}

    /**
     * The usable rate of a sample of complete images.
     *
     * @param rate in [0, 1]
     * @param interval of the rate, within [0, 1], its upper bound above 0
     * @param judged images behind it, at least 1
     */
    public record Rate(double rate, Interval interval, long judged) {

        public Rate {
            if (!(rate >= 0 && rate <= 1) || judged < 1 || interval.lower() < 0 || !(interval.upper() > 0)) {
                throw new IllegalArgumentException(
                        "usable rate: expected a rate in [0, 1] of at least one image, found " + rate + " of "
                                + judged);
            }
        }
    }

    /**
     * @param costs of every prompt
     * @param usable what people said; empty if nobody judged an image
     */
    public static Figure of(PromptCosts costs, Optional<Rate> usable, String currency) {
        long complete = costs.completeImages();
        if (complete == 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        if (usable.isEmpty()) {
            return Figure.Unscored.because("no labels", 0);
        }
        Rate rate = usable.get();
        double perImage = costs.total() / complete;
        double level = rate.interval().level();
        Optional<Interval> ofCost = CostPerImage.interval(costs, level);
        boolean varies = ofCost.isPresent() && perImage > 0;
        Interval interval = varies
                ? MoverRatio.of(
                        perImage,
                        ofCost.get(),
                        rate.rate(),
                        rate.interval(),
                        ClusteredT.correlation(costs.cost(), costs.complete(), costs.usable(), costs.judged()))
                : carried(perImage, rate.interval());
        String method = varies ? METHOD : RATE_ONLY;
        Optional<Direction> direction = Optional.of(Direction.LOWER_IS_BETTER);
        return rate.rate() == 0
                ? new Figure.AtLeast(interval.lower(), currency, direction, rate.judged(), level, method)
                : new Figure.Known(
                        perImage / rate.rate(), currency, direction, rate.judged(), Optional.of(interval), method);
    }

    private static Interval carried(double perImage, Interval rate) {
        double upper = rate.lower() == 0 ? Double.POSITIVE_INFINITY : perImage / rate.lower();
        return new Interval(perImage / rate.upper(), upper, rate.level());
    }
}
