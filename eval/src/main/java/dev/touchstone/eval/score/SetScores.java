package dev.touchstone.eval.score;

import dev.touchstone.eval.score.ScoreWriter.Scope;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.fid.FrechetDistance;
import dev.touchstone.metrics.metric.fid.FrechetFloor;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelFloor;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.UnbiasedEstimate;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * FID and KID of a cohort against its golden pictures, each with its noise floor: golden pictures, as many of as many prompts
 * as the cohort has, against the rest of them.
 */
final class SetScores {

    /** Fewest pictures of a side for which a distance of distributions is printed. */
    private static final int FEWEST = 8;

    /** Prompts below which the spread of a set of features is a matter of chance. */
    private static final int FEWEST_PROMPTS = 3;

    private static final double HIGH = 0.95;

    private final String extractor;
    private final ScoreWriter writer;

    SetScores(String extractor, ScoreWriter writer) {
        this.extractor = extractor;
        this.writer = writer;
    }

    /**
     * @param prompts which prompt each generated picture was made for, from 0
     * @param floor draws of the reference at the design of the generated pictures; unused where there are too few of either
     */
    void score(
            List<ScoredMetric> metrics,
            Scope cohort,
            FeatureMatrix generated,
            int[] prompts,
            FeatureMatrix reference,
            Supplier<FloorDesign> floor) {
        long promptCount = Arrays.stream(prompts).distinct().count();
        if (generated.rows() < FEWEST || promptCount < FEWEST_PROMPTS || reference.rows() < 2 * FEWEST) {
            String reason = String.format(
                    Locale.ROOT,
                    "expected at least %d pictures of %d prompts and %d golden ones, found %d of %d and %d",
                    FEWEST,
                    FEWEST_PROMPTS,
                    2 * FEWEST,
                    generated.rows(),
                    promptCount,
                    reference.rows());
            metrics.forEach(metric -> writer.unscored(cohort, id(metric), reason, generated.rows()));
            return;
        }
        List<FloorDesign.Draw> draws = floor.get().of(reference.rows());
        if (metrics.contains(ScoredMetric.FID)) {
            FrechetDistance distance = FrechetInceptionDistance.between(generated, reference);
            SortedMap<String, Double> detail = detail(reference, FrechetFloor.measure(Rows.of(reference), draws));
            writer.scored(
                    cohort,
                    id(ScoredMetric.FID),
                    distance.value(),
                    generated.rows(),
                    List.of(),
                    detail,
                    method("Fréchet distance, " + distance.route()));
        }
        if (metrics.contains(ScoredMetric.KID)) {
            int[] singles =
                    java.util.stream.IntStream.range(0, reference.rows()).toArray();
            UnbiasedEstimate estimate =
                    KernelInceptionDistance.unbiased(Rows.of(generated), prompts, Rows.of(reference), singles);
            SortedMap<String, Double> detail = detail(reference, KernelFloor.measure(Rows.of(reference), draws));
            detail.put("standardError", estimate.standardError());
            detail.put("degreesOfFreedom", estimate.degreesOfFreedom());
            writer.scored(
                    cohort,
                    id(ScoredMetric.KID),
                    estimate.value(),
                    generated.rows(),
                    List.of(estimate.interval().low(), estimate.interval().high()),
                    detail,
                    method("unbiased over pairs of different prompts, jackknife over prompts, Student's t"));
        }
    }

    private String id(ScoredMetric metric) {
        return MetricId.of(metric.id(), extractor).toString();
    }

    private static String method(String how) {
        return how + "; golden pictures of the same workflows and styles";
    }

    private static SortedMap<String, Double> detail(FeatureMatrix reference, NoiseFloor floor) {
        SortedMap<String, Double> detail = new TreeMap<>();
        detail.put("referenceN", (double) reference.rows());
        detail.put("floor", floor.mean());
        detail.put("floorHigh", floor.quantile(HIGH));
        detail.put("floorN", (double) floor.n());
        detail.put("floorPrompts", (double) floor.prompts());
        detail.put("floorReferenceN", (double) floor.referenceN());
        detail.put("floorDraws", (double) floor.values().size());
        return detail;
    }
}
