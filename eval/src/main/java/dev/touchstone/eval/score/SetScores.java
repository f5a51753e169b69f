package dev.touchstone.eval.score;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.linear.Rows;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metrics of a cohort as a whole against its golden pictures, each with its noise floor: golden pictures, as many of as many prompts
 * as the cohort has, against the rest of them.
 */
final class SetScores {

    /** Fewest pictures of a cohort for which a number is printed that is read against a floor, and half of the fewest golden ones. */
    private static final int FEWEST = 8;

    /** Prompts below which the spread of a set of features is a matter of chance. */
    private static final int FEWEST_PROMPTS = 3;

    private static final long FLOOR_SEED = 1;

    private static final double HIGH = 0.95;

    private final String network;
    private final List<ScoredImage> images;
    private final Rows generated;
    private final GoldenReferences references;
    private final Rows golden;
    private final Map<String, Map<IntBuffer, SetMetric.Against>> known = new HashMap<>();
    private Optional<String> refusal = Optional.empty();

    /**
     * @param images of the run
     * @param generated their features, a row each
     * @param golden features of all golden pictures
     */
    SetScores(
            String network,
            List<ScoredImage> images,
            FeatureMatrix generated,
            GoldenReferences references,
            FeatureMatrix golden) {
        this.network = network;
        this.images = images;
        this.generated = Rows.of(generated);
        this.references = references;
        this.golden = Rows.of(golden);
    }

    /** @param rows of the cohort's pictures */
    List<ScoreLine> score(CohortKey cohort, int[] rows, List<SetMetric> metrics) {
        List<Prompt> prompts = Arrays.stream(rows)
                .mapToObj(row -> images.get(row).prompt())
                .distinct()
                .toList();
        int[] clusters = Arrays.stream(rows)
                .map(row -> prompts.indexOf(images.get(row).prompt()))
                .toArray();
        int[] chosen = references.of(prompts);
        Rows ours = generated.select(rows);
        Optional<String> tooFew = tooFew(rows.length, prompts.size(), chosen.length);
        Optional<List<FloorDesign.Draw>> draws = Optional.empty();
        List<ScoreLine> lines = new ArrayList<>();
        for (SetMetric metric : metrics) {
            Subject subject = new Subject.OfCohort(cohort);
            if (!metric.reads().contains(Reads.REFERENCE_SET)) {
                MetricResult result = metric.of(
                        new SetInput(network, ours, clusters, golden.select(new int[0]), SetInput.Options.WHOLE));
                lines.add(ScoreLine.of(subject, metric, result, new TreeMap<>()));
                continue;
            }
            if (prompts.size() < metric.fewestPrompts()) {
                String reason = "fewer than " + metric.fewestPrompts() + " prompts";
                Score none = new Score.Unscored(metric.id(network), reason, rows.length);
                lines.add(ScoreLine.of(subject, metric, MetricResult.of(none), new TreeMap<>()));
                continue;
            }
            if (tooFew.isPresent()) {
                Score none = new Score.Unscored(metric.id(network), tooFew.get(), rows.length);
                lines.add(ScoreLine.of(subject, metric, MetricResult.of(none), new TreeMap<>()));
                continue;
            }
            try {
                if (draws.isEmpty()) {
                    draws = Optional.of(design(prompts, clusters, chosen).of(chosen.length));
                }
                lines.add(scored(subject, metric, ours, clusters, chosen, draws.get()));
            } catch (EngineException e) {
                refusal = Optional.of(e.getMessage());
                Score none = new Score.Unscored(metric.id(network), e.getMessage(), rows.length);
                lines.add(ScoreLine.of(subject, metric, MetricResult.of(none), new TreeMap<>()));
            }
        }
        return lines;
    }

    private ScoreLine scored(
            Subject subject, SetMetric metric, Rows ours, int[] clusters, int[] chosen, List<FloorDesign.Draw> draws) {
        SetMetric.Against against = known.computeIfAbsent(metric.name(), name -> new HashMap<>())
                .computeIfAbsent(IntBuffer.wrap(chosen), key -> metric.against(golden.select(chosen)));
        MetricResult result = metric.of(
                new SetInput(network, ours, clusters, golden.select(chosen), SetInput.Options.WHOLE), against);
        SortedMap<String, Double> detail = new TreeMap<>();
        detail.put("referenceN", (double) chosen.length);
        if (result.score().scored().isPresent()) {
            add(detail, against.floor(draws));
        }
        return ScoreLine.of(subject, metric, against(result), detail);
    }

    /** Why numbers are missing, if an engine that they need failed its self-check. */
    Optional<String> refusal() {
        return refusal;
    }

    /** The same, its method saying which reference it is against. */
    private static MetricResult against(MetricResult result) {
        return result.score()
                .scored()
                .map(scored -> new MetricResult(
                        new Score.Scored(
                                scored.metric(),
                                scored.value(),
                                scored.direction(),
                                scored.n(),
                                scored.interval(),
                                scored.method() + "; golden pictures of the same workflows and styles"),
                        result.parts(),
                        result.seen(),
                        result.values(),
                        result.remarks()))
                .orElse(result);
    }

    private static Optional<String> tooFew(int pictures, int prompts, int golden) {
        return pictures < FEWEST || prompts < FEWEST_PROMPTS || golden < 2 * FEWEST
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "expected at least %d pictures of %d prompts and %d golden ones, found %d of %d and %d",
                        FEWEST,
                        FEWEST_PROMPTS,
                        2 * FEWEST,
                        pictures,
                        prompts,
                        golden))
                : Optional.empty();
    }

    /** Golden pictures drawn as the pictures of a cohort were made. */
    private FloorDesign design(List<Prompt> prompts, int[] clusters, int[] chosen) {
        Integer[] made = new Integer[prompts.size()];
        Arrays.fill(made, 0);
        for (int prompt : clusters) {
            made[prompt]++;
        }
        return new FloorDesign(List.of(made), references.likeness(prompts, chosen), FloorDesign.DRAWS, FLOOR_SEED);
    }

    /** A noise floor as details of a score. */
    static void add(SortedMap<String, Double> detail, NoiseFloor floor) {
        detail.put("floor", floor.mean());
        detail.put("floorHigh", floor.quantile(HIGH));
        detail.put("floorN", (double) floor.n());
        detail.put("floorPrompts", (double) floor.prompts());
        detail.put("floorReferenceN", (double) floor.referenceN());
        detail.put("floorDraws", (double) floor.values().size());
    }
}
