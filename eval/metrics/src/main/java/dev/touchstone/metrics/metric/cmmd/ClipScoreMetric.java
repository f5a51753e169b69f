package dev.touchstone.metrics.metric.cmmd;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CLIP score of pictures and their texts: the reference's row of a picture is the embedding of its text. */
public final class ClipScoreMetric implements SetMetric {

    @Override
    public String name() {
        return ClipScore.NAME;
    }

    @Override
    public String title() {
        return "CLIP score";
    }

    @Override
    public Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.CLIP, Reads.PROMPT_TEXT);
    }

    @Override
    public int fewest() {
        return 1;
    }

    @Override
    public String definition() {
        return "`100 cos`, mean, not below 0";
    }

    @Override
    public String undefined() {
        return "no image";
    }

    @Override
    public MetricResult compute(SetInput input) {
        FeatureMatrix images = floats(input.generated());
        FeatureMatrix texts = floats(input.reference());
        List<Double> values =
                Arrays.stream(ClipScore.perImage(images, texts)).boxed().toList();
        Score score = new Score.Scored(
                id(input.network()),
                ClipScore.of(images, texts),
                direction(),
                input.size(),
                Optional.empty(),
                "100 cos, mean over images, not below 0");
        return new MetricResult(score, Map.of(), Map.of(), values, List.of());
    }

    /** The embeddings as they came of the network: floats widened to double and back are the same floats. */
    private static FeatureMatrix floats(Rows rows) {
        double[] wide = new double[Math.multiplyExact(rows.rows(), rows.columns())];
        rows.read(0, rows.rows(), wide);
        float[] values = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
            values[i] = (float) wide[i];
        }
        return new FeatureMatrix(rows.rows(), rows.columns(), values);
    }
}
