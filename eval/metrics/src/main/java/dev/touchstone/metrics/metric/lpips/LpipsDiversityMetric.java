package dev.touchstone.metrics.metric.lpips;

import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.PromptMetric;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much the pictures of one prompt differ: near 0 means that the seed is ignored. */
public final class LpipsDiversityMetric implements PromptMetric {

    @Override
    public String name() {
        return "lpips-diversity";
    }

    @Override
    public String title() {
        return "LPIPS within a prompt";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.PERCEPTUAL);
    }

    @Override
    public int fewest() {
        return 2;
    }

    @Override
    public String definition() {
        return "mean LPIPS over the pairs of pictures of one prompt";
    }

    @Override
    public String undefined() {
        return "the prompt has fewer than 2 pictures";
    }

    @Override
    public MetricResult of(Input input) {
        MetricId id = id(input.network());
        List<Picture> pictures = input.pictures();
        if (pictures.size() < fewest()) {
            return MetricResult.of(new Score.Unscored(
                    id, "expected at least 2 pictures of the prompt, found " + pictures.size(), pictures.size()));
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < pictures.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += input.distance().between(pictures.get(i), pictures.get(j));
                pairs++;
            }
        }
        return MetricResult.of(new Score.Scored(
                id,
                sum / pairs,
                direction(),
                new Score.SampleSize(pairs, 0),
                Optional.empty(),
                "mean over pairs of one prompt"));
    }
}
