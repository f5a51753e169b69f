package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/** The mean of an image-wise number, with an interval that resamples prompts. */
final class ClusteredMean {

    /** With fewer prompts a bootstrap says more about its own grid than about the mean. */
    static final int FEWEST_PROMPTS = 5;

    private ClusteredMean() {}

    /** @param groups values per prompt, no group empty */
    static Figure of(double[][] groups, String unit, Optional<Direction> direction, ClusterBootstrap bootstrap) {
        double[] sums = new double[groups.length];
        double sum = 0;
        int n = 0;
        for (int g = 0; g < groups.length; g++) {
            for (double value : groups[g]) {
                sums[g] += value;
            }
            sum += sums[g];
            n += groups[g].length;
        }
        if (n == 0) {
            return Figure.Unscored.because("no values", 0);
        }
        if (groups.length < FEWEST_PROMPTS) {
            return new Figure.Known(sum / n, unit, direction, n, Optional.empty(), "mean; an interval needs 5 prompts");
        }
        var interval = bootstrap.accelerated(groups.length, drawn -> {
            double drawnSum = 0;
            int drawnCount = 0;
            for (int g : drawn) {
                drawnSum += sums[g];
                drawnCount += groups[g].length;
            }
            return drawnSum / drawnCount;
        });
        return new Figure.Known(sum / n, unit, direction, n, Optional.of(interval), "mean, BCa bootstrap over prompts");
    }
}
