package dev.touchstone.eval.cost;

import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** Total cost over complete images: never a mean of per-image costs. */
public final class CostPerImage {

    private CostPerImage() {}

    /**
     * @param total everything that was paid, at least 0
     * @param complete images that came out; with none there is no number
     */
    public static Figure of(double total, long complete, String currency) {
        if (complete == 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        return new Figure.Known(
                total / complete,
                currency,
                Optional.of(Direction.LOWER_IS_BETTER),
                complete,
                Optional.empty(),
                "total cost / complete images");
    }
}
