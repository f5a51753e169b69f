package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.RobustSpread;
import dev.touchstone.eval.inference.VarianceComponents;
import dev.touchstone.eval.result.CohortSummary.VarianceSplit;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.MetricId;
import java.util.Arrays;
import java.util.Optional;

/** Splits the variance of an image-wise number into the part between prompts and the part between seeds of one prompt. */
final class VarianceShares {

    private static final String METHOD = "variance components by moments, percentile bootstrap over prompts";

    private VarianceShares() {}

    /** @param groups values per prompt, no group empty, at least one value */
    static VarianceSplit of(MetricId metric, double[][] groups, String unit, ClusterBootstrap bootstrap) {
        double[] all = Arrays.stream(groups).flatMapToDouble(Arrays::stream).toArray();
        Figure spread = known(RobustSpread.medianAbsoluteDeviation(all), unit, all.length, "median absolute deviation");
        long replicated =
                Arrays.stream(groups).filter(group -> group.length > 1).count();
        if (groups.length < ClusteredMean.FEWEST_PROMPTS || replicated < ClusteredMean.FEWEST_PROMPTS) {
            Figure none = new Figure.Unscored("needs 5 prompts with two images or more", replicated, Optional.of((long)
                    ClusteredMean.FEWEST_PROMPTS));
            return new VarianceSplit(metric, none, none, none, spread, "");
        }
        VarianceComponents components = VarianceComponents.of(groups);
        Figure deviation =
                known(Math.sqrt(components.total()), unit, all.length, "square root of the variance components' sum");
        if (components.total() == 0) {
            Figure none = Figure.Unscored.because("all values are the same", all.length);
            return new VarianceSplit(metric, none, none, deviation, spread, "");
        }
        Interval between = bootstrap.percentile(groups.length, drawn -> {
            double[][] chosen = Arrays.stream(drawn).mapToObj(g -> groups[g]).toArray(double[][]::new);
            if (!VarianceComponents.identifiable(chosen)) {
                return 1; // only prompts with one image were drawn: nothing is seen within a prompt
            }
            VarianceComponents drawnComponents = VarianceComponents.of(chosen);
            return drawnComponents.total() == 0 ? 0 : drawnComponents.betweenShare();
        });
        double share = components.betweenShare();
        Interval within = new Interval(1 - between.upper(), 1 - between.lower(), between.level());
        String remark = components.truncated() == VarianceComponents.Truncation.BETWEEN_SET_TO_ZERO
                ? "the estimate between prompts was negative and is set to zero"
                : "";
        return new VarianceSplit(
                metric,
                new Figure.Known(share, "1", Optional.empty(), all.length, Optional.of(between), METHOD),
                new Figure.Known(1 - share, "1", Optional.empty(), all.length, Optional.of(within), METHOD),
                deviation,
                spread,
                remark);
    }

    private static Figure known(double value, String unit, int n, String method) {
        return new Figure.Known(value, unit, Optional.empty(), n, Optional.empty(), method);
    }
}
