package dev.touchstone.metrics.metric.cmmd;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import java.util.Optional;
import java.util.Set;

/** CLIP discrepancy of two sets. */
public final class CmmdMetric implements SetMetric {

    @Override
    public String name() {
        return ClipMaximumMeanDiscrepancy.NAME;
    }

    @Override
    public String title() {
        return "CMMD";
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.CLIP, Reads.REFERENCE_SET);
    }

    @Override
    public int fewest() {
        return 1;
    }

    @Override
    public String definition() {
        return "`1000 (mean Kxx + mean Kyy - 2 mean Kxy)`, Gaussian, sigma 10, unit vectors";
    }

    @Override
    public String undefined() {
        return "a side has no image";
    }

    @Override
    public MetricResult compute(SetInput input) {
        return MetricResult.of(new Score.Scored(
                id(input.network()),
                ClipMaximumMeanDiscrepancy.between(input.generated(), input.reference()),
                direction(),
                input.size(),
                Optional.empty(),
                "biased, sigma 10, x 1000"));
    }
}
