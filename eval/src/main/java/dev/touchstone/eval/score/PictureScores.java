package dev.touchstone.eval.score;

import dev.touchstone.eval.feature.Activation;
import dev.touchstone.eval.feature.TouchstoneFeatures;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.eval.image.ImageDecoder;
import dev.touchstone.eval.metric.MetricId;
import dev.touchstone.eval.metric.adherence.Adherence;
import dev.touchstone.eval.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.eval.metric.lpips.LinearWeights;
import dev.touchstone.eval.score.ScoreWriter.Scope;
import dev.touchstone.generator.image.RgbImage;
import dev.touchstone.generator.prompt.Prompt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores of single pictures and of the pictures of one prompt. */
final class PictureScores {

    private final TouchstoneFeatures network;
    private final LearnedPerceptualSimilarity similarity;
    private final GoldenDataset golden;
    private final GoldenReferences references;
    private final ScoreWriter writer;
    private final ImageDecoder decoder = new ImageDecoder();

    PictureScores(TouchstoneFeatures network, GoldenDataset golden, GoldenReferences references, ScoreWriter writer) {
        this.network = network;
        this.similarity = new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        this.golden = golden;
        this.references = references;
        this.writer = writer;
    }

    /** All picture-wise metrics of one prompt's pictures, which all have its size. */
    void score(List<ScoredMetric> metrics, Prompt prompt, List<ScoredImage> images) {
        List<RgbImage> pixels = images.stream().map(ScoredImage::pixels).toList();
        if (metrics.contains(ScoredMetric.ADHERENCE)) {
            adherence(prompt, images, pixels);
        }
        if (metrics.contains(ScoredMetric.LPIPS_TARGET)
                || metrics.contains(ScoredMetric.LPIPS_REFERENCE)
                || metrics.contains(ScoredMetric.LPIPS_DIVERSITY)) {
            List<List<Activation>> taps = network.taps(pixels);
            if (metrics.contains(ScoredMetric.LPIPS_TARGET)) {
                target(prompt, images, taps);
            }
            if (metrics.contains(ScoredMetric.LPIPS_REFERENCE)) {
                reference(prompt, images, taps);
            }
            if (metrics.contains(ScoredMetric.LPIPS_DIVERSITY)) {
                diversity(prompt, taps);
            }
        }
    }

    private void adherence(Prompt prompt, List<ScoredImage> images, List<RgbImage> pixels) {
        String id = id(ScoredMetric.ADHERENCE);
        var readings = network.attributes(pixels);
        for (int i = 0; i < images.size(); i++) {
            String image = images.get(i).id().toString();
            Adherence adherence = Adherence.of(readings.get(i), prompt.asks());
            if (adherence instanceof Adherence.Measured measured) {
                SortedMap<String, Double> found = new TreeMap<>();
                Map<String, String> seen = new LinkedHashMap<>();
                measured.findings().forEach((attribute, finding) -> {
                    found.put(attribute.id(), finding.found() ? 1.0 : 0.0);
                    if (!finding.found()) {
                        seen.put(attribute.id(), finding.seen());
                    }
                });
                writer.adherence(image, id, measured.share(), found, seen);
            } else if (adherence instanceof Adherence.Unscored unscored) {
                writer.unscored(Scope.image(image), id, unscored.reason(), 0);
            }
        }
    }

    private void target(Prompt prompt, List<ScoredImage> images, List<List<Activation>> taps) {
        if (prompt.edit().isEmpty() || images.isEmpty()) {
            return;
        }
        String id = id(ScoredMetric.LPIPS_TARGET);
        ScoredImage first = images.get(0);
        Optional<EditFiles> files = golden.editFiles(
                prompt.edit().get().pair(), first.asked().widthPixels(), first.asked().heightPixels());
        if (files.isEmpty()) {
            for (ScoredImage image : images) {
                writer.unscored(Scope.image(image.id().toString()), id, "the golden dataset has no target for this edit", 0);
            }
            return;
        }
        List<Activation> target =
                network.taps(List.of(decoder.decode(files.get().target()))).get(0);
        for (int i = 0; i < images.size(); i++) {
            number(images.get(i), id, similarity.distance(taps.get(i), target), "");
        }
    }

    private void reference(Prompt prompt, List<ScoredImage> images, List<List<Activation>> taps) {
        String id = id(ScoredMetric.LPIPS_REFERENCE);
        List<GoldenImage> nearest = references.nearest(prompt);
        if (nearest.isEmpty()) {
            for (ScoredImage image : images) {
                writer.unscored(
                        Scope.image(image.id().toString()), id, "no golden picture shows what the prompt asks for", 0);
            }
            return;
        }
        List<List<Activation>> golden = network.taps(nearest.stream()
                .map(image -> references.digested(image).pixels().get())
                .toList());
        for (int i = 0; i < images.size(); i++) {
            List<Activation> picture = taps.get(i);
            double least = golden.stream()
                    .mapToDouble(other -> similarity.distance(picture, other))
                    .min()
                    .orElseThrow();
            number(images.get(i), id, least, "least of " + nearest.size() + " golden pictures");
        }
    }

    private void diversity(Prompt prompt, List<List<Activation>> taps) {
        String id = id(ScoredMetric.LPIPS_DIVERSITY);
        Scope scope = Scope.prompt(prompt.id().value());
        if (taps.size() < 2) {
            writer.unscored(scope, id, "expected at least 2 pictures of the prompt, found " + taps.size(), taps.size());
            return;
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < taps.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += similarity.distance(taps.get(i), taps.get(j));
                pairs++;
            }
        }
        writer.scored(scope, id, sum / pairs, pairs, List.of(), Collections.emptySortedMap(), "mean over pairs of one prompt");
    }

    private void number(ScoredImage image, String metric, double value, String method) {
        writer.scored(
                Scope.image(image.id().toString()), metric, value, 1, List.of(), Collections.emptySortedMap(), method);
    }

    private String id(ScoredMetric metric) {
        return MetricId.of(metric.id(), network.name()).toString();
    }
}
