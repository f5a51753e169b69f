package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.RelativeKernelDistance;
import dev.touchstone.metrics.metric.linear.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which of two runs is nearer to the golden pictures of a cohort, those of the same workflows and styles. */
final class GoldenCloseness {

    private static final int FEWEST_PROMPTS = 5;

    private final String id;
    private final ComparedRun candidate;
    private final PicturePairs pairs;
    private final List<GoldenImage> images;
    private final FeatureMatrix ofBase;
    private final FeatureMatrix ofCandidate;
    private final FeatureMatrix reference;

    GoldenCloseness(
            TouchstoneFeatures network,
            GoldenDataset golden,
            Path goldenCache,
            ComparedRun base,
            ComparedRun candidate,
            PicturePairs pairs) {
        this.id = MetricId.of(KernelInceptionDistance.NAME, network.name()).toString();
        this.candidate = candidate;
        this.pairs = pairs;
        this.images = golden.images();
        this.ofBase = features(network, base, pairs.base());
        this.ofCandidate = features(network, candidate, pairs.candidate());
        ImageDecoder decoder = new ImageDecoder();
        this.reference = new FeatureCache(goldenCache)
                .features(
                        network,
                        images.stream()
                                .map(image -> DigestedImage.recorded(golden.file(image), golden.digest(image), decoder))
                                .toList());
    }

    private static FeatureMatrix features(TouchstoneFeatures network, ComparedRun run, int[] rows) {
        ImageDecoder decoder = new ImageDecoder();
        List<DigestedImage> pictures = new ArrayList<>();
        for (int row : rows) {
            pictures.add(DigestedImage.recorded(run.output(row), run.pictures().sha256(row), decoder));
        }
        return new FeatureCache(run.folder().path().resolve("features")).features(network, pictures);
    }

    /** The difference of the two distances in a cohort. */
    Optional<Difference> of(CohortKey cohort, Pairing in, double level, String of) {
        Map<Integer, Integer> clusterOf = new HashMap<>();
        for (int prompt : in.candidate()) {
            clusterOf.put(prompt, clusterOf.size());
        }
        Map<Integer, Integer> used = new HashMap<>();
        List<Integer> rows = new ArrayList<>();
        List<Integer> clusters = new ArrayList<>();
        for (int k = 0; k < pairs.size(); k++) {
            int prompt = candidate.pictures().prompt(pairs.candidate()[k]);
            if (clusterOf.containsKey(prompt)) {
                rows.add(k);
                clusters.add(used.computeIfAbsent(prompt, key -> used.size()));
            }
        }
        int[] golden = golden(in);
        if (used.size() < FEWEST_PROMPTS || golden.length < 3) {
            return Optional.of(new Unmeasured(
                    id,
                    Use.DECIDES,
                    "needs " + FEWEST_PROMPTS + " prompts and 3 golden pictures, found " + used.size() + " and "
                            + golden.length,
                    used.size()));
        }
        int[] own = rows.stream().mapToInt(Integer::intValue).toArray();
        int[] prompts = clusters.stream().mapToInt(Integer::intValue).toArray();
        RelativeKernelDistance distance = RelativeKernelDistance.of(
                Rows.of(ofBase).select(own),
                prompts,
                Rows.of(ofCandidate).select(own),
                prompts,
                Rows.of(reference).select(golden),
                used.size());
        StudentEstimate estimate = new StudentEstimate(
                distance.value(),
                distance.standardError(),
                used.size() - 1,
                used.size(),
                "relative squared MMD to the golden pictures, paired jackknife over prompts, t" + of);
        return Optional.of(new Measured(
                id,
                Use.DECIDES,
                "1",
                Optional.of(Direction.LOWER_IS_BETTER),
                distance.base(),
                distance.candidate(),
                distance.value(),
                Optional.of(estimate.interval(level)),
                estimate.method(),
                used.size(),
                own.length));
    }

    /** As the score stage chooses them: of the same workflow and style; else of the same workflow; else all. */
    private int[] golden(Pairing in) {
        Set<String> workflows = new HashSet<>();
        Set<String> looks = new HashSet<>();
        for (int prompt : in.candidate()) {
            String workflow = in.prompts().label(prompt, CohortAxis.WORKFLOW);
            workflows.add(workflow);
            looks.add(workflow + "/" + in.prompts().label(prompt, CohortAxis.STYLE_FAMILY));
        }
        int[] byLook = indexes(image ->
                looks.contains(image.workflow() + "/" + image.attributes().getOrDefault(Attribute.STYLE, "")));
        if (byLook.length > 0) {
            return byLook;
        }
        int[] byWorkflow = indexes(image -> workflows.contains(image.workflow()));
        return byWorkflow.length > 0 ? byWorkflow : indexes(image -> true);
    }

    private int[] indexes(Predicate<GoldenImage> wanted) {
        return IntStream.range(0, images.size())
                .filter(i -> wanted.test(images.get(i)))
                .toArray();
    }
}
