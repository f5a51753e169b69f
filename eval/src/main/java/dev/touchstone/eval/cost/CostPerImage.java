package dev.touchstone.eval.cost;

import dev.touchstone.eval.inference.ClusteredT;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** Total cost over complete images: never a mean of per-image costs. */
public final class CostPerImage {

    /** With fewer prompts there is no interval. */
    static final int FEWEST_PROMPTS = 5;

    private static final String METHOD = "total cost / complete images";

    private CostPerImage() {}

    /**
     * @param costs of every prompt; with no complete image there is no number
     * @param level of the interval, in (0, 1)
     */
    public static Figure of(PromptCosts costs, String currency, double level) {
        long complete = costs.completeImages();
        if (complete == 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        Optional<Interval> interval = interval(costs, level);
        return new Figure.Known(
                costs.total() / complete,
                currency,
                Optional.of(Direction.LOWER_IS_BETTER),
                complete,
                interval,
                METHOD + (interval.isPresent() ? ", Student's t over prompts" : "; an interval needs 5 prompts"));
    }

    /** Of the cost per complete image; empty where there are too few prompts. */
    static Optional<Interval> interval(PromptCosts costs, double level) {
        if (costs.prompts() < FEWEST_PROMPTS) {
            return Optional.empty();
        }
        StudentEstimate estimate = ClusteredT.ratio(costs.cost(), costs.complete(), METHOD);
        Interval interval = estimate.interval(level);
        // Costs are not negative, whatever the spread.
        return Optional.of(new Interval(Math.max(0, interval.lower()), interval.upper(), level));
    }
}
