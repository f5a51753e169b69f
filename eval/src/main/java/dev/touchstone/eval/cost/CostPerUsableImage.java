package dev.touchstone.eval.cost;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/**
 * Total cost over usable images. Where only some of the complete images were judged, the usable ones are complete images
 * times the usable rate. The interval is that of the rate carried through exactly: with c per complete image and a rate in
 * [lo, hi] it is [c / hi, c / lo]. With no usable image there is only the lower bound c / hi.
 */
public final class CostPerUsableImage {

    private static final String METHOD = "cost per image / usable rate, interval of the rate carried through";

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
     * @param total everything that was paid, at least 0
     * @param complete images that came out
     * @param usable what people said; empty if nobody judged an image
     */
    public static Figure of(double total, long complete, Optional<Rate> usable, String currency) {
        if (complete == 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        if (usable.isEmpty()) {
            return Figure.Unscored.because("no labels", 0);
        }
        double perImage = total / complete;
        Rate rate = usable.get();
        double lower = perImage / rate.interval().upper();
        Optional<Direction> direction = Optional.of(Direction.LOWER_IS_BETTER);
        if (rate.rate() == 0) {
            return new Figure.AtLeast(
                    lower, currency, direction, rate.judged(), rate.interval().level(), METHOD);
        }
        double upper = rate.interval().lower() == 0
                ? Double.POSITIVE_INFINITY
                : perImage / rate.interval().lower();
        Interval interval = new Interval(lower, upper, rate.interval().level());
        return new Figure.Known(
                perImage / rate.rate(), currency, direction, rate.judged(), Optional.of(interval), METHOD);
    }
}
