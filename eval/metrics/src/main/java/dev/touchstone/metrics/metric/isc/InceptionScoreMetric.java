package dev.touchstone.metrics.metric.isc;

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

/** Inception Score; there is no reference. */
public final class InceptionScoreMetric implements SetMetric {

    @Override
    public String name() {
        return InceptionScore.NAME;
    }

    @Override
    public String title() {
        return "Inception Score";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.CLASSES);
    }

    @Override
    public int fewest() {
        return InceptionScore.SPLITS;
    }

    @Override
    public String definition() {
        return "`exp(mean KL(p, mean p))`, 10 splits, logits without bias";
    }

    @Override
    public String undefined() {
        return "fewer than 10 images";
    }

    @Override
    public MetricResult compute(SetInput input) {
        InceptionScore score = InceptionScore.of(input.generated(), InceptionScore.SPLITS, InceptionScore.SEED);
        return MetricResult.of(
                new Score.Scored(
                        id(input.network()),
                        score.mean(),
                        direction(),
                        input.size(),
                        Optional.empty(),
                        "10 splits, torch-fidelity"),
                Map.of("std", score.standardDeviation()),
                remarks(input));
    }

    /** The Inception Score of a split is at most its number of images. */
    private static List<String> remarks(SetInput input) {
        int n = input.generated().rows();
        int images = n / InceptionScore.SPLITS;
        return images < input.generated().columns()
                ? List.of(n + " images in " + InceptionScore.SPLITS + " splits: the score of a split cannot exceed its "
                        + images + " images and is too low for few; published scores use 50,000 images")
                : List.of();
    }
}
