package dev.touchstone.eval.score;

import dev.touchstone.eval.score.ScoreWriter.Scope;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.fid.FrechetDistance;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.UnbiasedEstimate;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * FID and KID of a cohort against its golden pictures, each with its noise floor: the same metric between disjoint halves of the
 * golden pictures at the same n.
 */
final class SetScores {

    /** Fewest pictures of a side for which a distance of distributions is printed. */
    private static final int FEWEST = 8;

    /** Disjoint pairs behind a noise floor. */
    private static final int FLOOR_REPEATS = 10;

    /** Most pictures of a side of a noise floor: above, the floor is flat and the singular values grow dear. */
    private static final int FLOOR_LIMIT = 512;

    private static final long FLOOR_SEED = 1;

    private final String extractor;
    private final ScoreWriter writer;

    SetScores(String extractor, ScoreWriter writer) {
        this.extractor = extractor;
        this.writer = writer;
    }

    void score(ScoredMetric metric, Scope cohort, FeatureMatrix generated, int[] prompts, FeatureMatrix reference) {
        String id = MetricId.of(metric.id(), extractor).toString();
        if (generated.rows() < FEWEST || reference.rows() < 2 * FEWEST) {
            writer.unscored(
                    cohort,
                    id,
                    String.format(
                            Locale.ROOT,
                            "expected at least %d pictures and %d golden ones, found %d and %d",
                            FEWEST,
                            2 * FEWEST,
                            generated.rows(),
                            reference.rows()),
                    generated.rows());
            return;
        }
        if (metric == ScoredMetric.FID) {
            FrechetDistance distance = FrechetInceptionDistance.between(generated, reference);
            SortedMap<String, Double> detail = floor(
                    reference,
                    generated.rows(),
                    (a, b) -> FrechetInceptionDistance.between(a, b).value());
            detail.put("referenceN", (double) reference.rows());
            writer.scored(
                    cohort,
                    id,
                    distance.value(),
                    generated.rows(),
                    List.of(),
                    detail,
                    method("Fréchet distance, " + distance.route()));
        } else {
            int[] singles =
                    java.util.stream.IntStream.range(0, reference.rows()).toArray();
            UnbiasedEstimate estimate =
                    KernelInceptionDistance.unbiased(Rows.of(generated), prompts, Rows.of(reference), singles);
            SortedMap<String, Double> detail = floor(
                    reference,
                    generated.rows(),
                    (a, b) -> KernelInceptionDistance.unbiased(a, b).value());
            detail.put("referenceN", (double) reference.rows());
            writer.scored(
                    cohort,
                    id,
                    estimate.value(),
                    generated.rows(),
                    List.of(estimate.interval().low(), estimate.interval().high()),
                    detail,
                    method("unbiased, jackknife over prompts"));
        }
    }

    private static String method(String how) {
        return how + "; golden pictures of the same workflows and styles";
    }

    private static SortedMap<String, Double> floor(
            FeatureMatrix reference, int n, java.util.function.ToDoubleBiFunction<Rows, Rows> distance) {
        NoiseFloor floor =
                NoiseFloor.measure(Rows.of(reference), Math.min(n, FLOOR_LIMIT), FLOOR_REPEATS, FLOOR_SEED, distance);
        SortedMap<String, Double> detail = new TreeMap<>();
        detail.put("floor", floor.mean());
        detail.put("floorHigh", floor.quantile(0.95));
        detail.put("floorN", (double) floor.n());
        return detail;
    }
}
