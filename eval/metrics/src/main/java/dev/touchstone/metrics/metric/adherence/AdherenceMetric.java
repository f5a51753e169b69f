package dev.touchstone.metrics.metric.adherence;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Share of the asked attributes that a network finds in a picture. The parts say which: 1 found, 0 not, and what is seen instead. */
public final class AdherenceMetric implements ImageMetric {

    @Override
    public String name() {
        return Adherence.METRIC;
    }

    @Override
    public String title() {
        return "Adherence";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.ATTRIBUTES, Reads.ASKS);
    }

    @Override
    public String definition() {
        return "share of the attributes that the prompt asks for whose most probable value is the asked one";
    }

    @Override
    public String undefined() {
        return "the prompt names no attribute of the built-in world";
    }

    @Override
    public MetricResult of(Input input) {
        MetricId id = id(input.network());
        Adherence adherence = Adherence.of(input.picture().requiredAttributes(), input.asks());
        if (adherence instanceof Adherence.Measured measured) {
            Map<String, Double> found = new TreeMap<>();
            Map<String, String> seen = new TreeMap<>();
            measured.findings().forEach((attribute, finding) -> {
                found.put(attribute.id(), finding.found() ? 1.0 : 0.0);
                if (!finding.found()) {
                    seen.put(attribute.id(), finding.seen());
                }
            });
            Score score = new Score.Scored(
                    id,
                    measured.share(),
                    direction(),
                    new Score.SampleSize(found.size(), 0),
                    Optional.empty(),
                    "share of asked attributes");
            return new MetricResult(score, found, seen, List.of(), List.of());
        }
        return MetricResult.of(new Score.Unscored(id, ((Adherence.Unscored) adherence).reason()));
    }
}
