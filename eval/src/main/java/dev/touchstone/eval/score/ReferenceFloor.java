package dev.touchstone.eval.score;

import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What LPIPS to the golden reference says of golden pictures: of the pictures that fit a prompt best, each takes the model's
 * place once and is compared with the others. A cohort's floor is the mean over draws of as many pictures of each of its prompts.
 */
final class ReferenceFloor {

    private static final long SEED = 1;

    /** Prompts whose golden pictures go through the network together. */
    private static final int TOGETHER = 6;

    private final Map<PromptId, double[]> distances = new HashMap<>();

    /** Measures golden pictures of all prompts, a few prompts at a time. */
    static ReferenceFloor of(TouchstoneFeatures network, GoldenReferences references, List<Prompt> prompts) {
        LearnedPerceptualSimilarity similarity =
                new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        ReferenceFloor floor = new ReferenceFloor();
        for (int from = 0; from < prompts.size(); from += TOGETHER) {
            List<Prompt> some = prompts.subList(from, Math.min(prompts.size(), from + TOGETHER));
            List<List<GoldenImage>> fitting = some.stream()
                    .map(prompt -> references.nearest(prompt, GoldenReferences.NEAREST + 1))
                    .toList();
            List<RgbImage> pixels = fitting.stream().flatMap(List::stream).toList().parallelStream()
                    .map(image -> references.digested(image).read())
                    .toList();
            if (pixels.isEmpty()) {
                continue;
            }
            List<List<Activation>> taps = network.taps(pixels);
            int first = 0;
            for (int i = 0; i < some.size(); i++) {
                int last = first + fitting.get(i).size();
                floor.add(some.get(i).id(), leastOfEach(similarity, taps.subList(first, last)));
                first = last;
            }
        }
        return floor;
    }

    private static double[] leastOfEach(LearnedPerceptualSimilarity similarity, List<List<Activation>> fitting) {
        int n = fitting.size();
        double[] least = new double[n < 2 ? 0 : n];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int i = 0; i < least.length; i++) {
            for (int j = 0; j < i; j++) {
                double distance = similarity.distance(fitting.get(i), fitting.get(j));
                least[i] = Math.min(least[i], distance);
                least[j] = Math.min(least[j], distance);
            }
        }
        return least;
    }

    /** @param least distance of each fitting golden picture to the nearest other one */
    void add(PromptId prompt, double[] least) {
        if (least.length > 0) {
            distances.put(prompt, least.clone());
        }
    }

    /**
     * Of the pictures of a cohort, those of prompts without fitting golden pictures left out; empty where none is left.
     *
     * @param prompts the prompt of every picture
     */
    Optional<NoiseFloor> of(List<PromptId> prompts) {
        List<double[]> choices = prompts.stream()
                .filter(distances::containsKey)
                .map(distances::get)
                .toList();
        if (choices.isEmpty()) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(SEED);
        List<Double> means = new ArrayList<>();
        for (int draw = 0; draw < FloorDesign.DRAWS; draw++) {
            double sum = 0;
            for (double[] choice : choices) {
                sum += choice[random.nextInt(choice.length)];
            }
            means.add(sum / choices.size());
        }
        int distinct =
                (int) prompts.stream().filter(distances::containsKey).distinct().count();
        int most = choices.stream().mapToInt(choice -> choice.length - 1).max().orElseThrow();
        return Optional.of(new NoiseFloor(choices.size(), distinct, most, means));
    }
}
