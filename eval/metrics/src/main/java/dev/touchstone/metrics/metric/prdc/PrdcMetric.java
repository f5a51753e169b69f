package dev.touchstone.metrics.metric.prdc;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Precision, recall, density and coverage; the value is the harmonic mean of precision and recall. */
public final class PrdcMetric implements SetMetric {

    @Override
    public String name() {
        return PrecisionRecallDensityCoverage.NAME;
    }

    @Override
    public String title() {
        return "Precision and recall";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.FEATURES, Reads.REFERENCE_SET);
    }

    @Override
    public int fewest() {
        return PrecisionRecallDensityCoverage.NEIGHBOURS + 1;
    }

    @Override
    public String definition() {
        return "precision, recall, density, coverage by k-th neighbour balls, k = 5, `<`";
    }

    @Override
    public String undefined() {
        return "a side has fewer than 6 images";
    }

    @Override
    public MetricResult compute(SetInput input) {
        PrecisionRecallDensityCoverage prdc = PrecisionRecallDensityCoverage.of(
                input.generated(), input.reference(), PrecisionRecallDensityCoverage.NEIGHBOURS, Neighbourhood.OPEN);
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("precision", prdc.precision());
        parts.put("recall", prdc.recall());
        parts.put("density", prdc.density());
        parts.put("coverage", prdc.coverage());
        Score score = new Score.Scored(
                id(input.network()), prdc.fScore(), direction(), input.size(), Optional.empty(), "k 5, open balls");
        return MetricResult.of(score, parts, input.unequal());
    }
}
