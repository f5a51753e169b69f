package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** FID extrapolated to endless images. */
public final class FidInfinityMetric implements SetMetric {

    @Override
    public String name() {
        return FrechetInfinity.NAME;
    }

    @Override
    public String title() {
        return "FID-infinity";
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.FEATURES, Reads.REFERENCE_SET);
    }

    @Override
    public int fewest() {
        return FrechetInfinity.FEWEST_GENERATED;
    }

    @Override
    public int fewestReference() {
        return 2;
    }

    /** A cohort of fewer gets no FID: as FID. */
    @Override
    public int fewestPrompts() {
        return FrechetInceptionDistance.FEWEST_PROMPTS;
    }

    @Override
    public String definition() {
        return "line through FID over 1 / n at 15 sizes, at 1 / n = 0";
    }

    @Override
    public String undefined() {
        return "fewer than 20 generated or 2 reference images";
    }

    @Override
    public MetricResult compute(SetInput input) {
        FrechetInfinity infinity = FrechetInfinity.of(
                input.generated(), input.reference(), input.options().seed());
        Score score = new Score.Scored(
                id(input.network()),
                infinity.value(),
                direction(),
                input.size(),
                Optional.empty(),
                "15 sizes, line over 1 / n");
        return MetricResult.of(score, Map.of("slope", infinity.slope()), remarks(input));
    }

    /** FID over 1 / n is a line only where the smallest subsets are not much smaller than the features are long. */
    private static List<String> remarks(SetInput input) {
        int n = input.generated().rows();
        int dimension = input.generated().columns();
        return n < 2L * dimension
                ? SetInput.remarks(
                        n + " generated images for " + dimension
                                + " features: FID of subsets of so few does not lie on a line over 1 / n, so take the value as a rough one",
                        input.unequal())
                : input.unequal();
    }
}
