package dev.touchstone.eval.score;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.eval.score.ScoreWriter.Scope;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.AttributeReading;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.util.ArrayList;
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

    /** The pictures of one prompt, all of its size, at least one. */
    record Group(Prompt prompt, List<ScoredImage> images) {}

    /**
     * All picture-wise metrics of several prompts. Their pictures, targets and references go through the network together, which has
     * nothing to gain from less than some thirty pictures at a time.
     */
    void score(List<ScoredMetric> metrics, List<Group> groups) {
        List<RgbImage> pixels = groups.stream()
                .flatMap(group -> group.images().stream())
                .map(ScoredImage::pixels)
                .toList();
        if (metrics.contains(ScoredMetric.ADHERENCE)) {
            List<AttributeReading> readings = network.attributes(pixels);
            int from = 0;
            for (Group group : groups) {
                int to = from + group.images().size();
                adherence(group.prompt(), group.images(), readings.subList(from, to));
                from = to;
            }
        }
        boolean target = metrics.contains(ScoredMetric.LPIPS_TARGET);
        boolean reference = metrics.contains(ScoredMetric.LPIPS_REFERENCE);
        boolean diversity = metrics.contains(ScoredMetric.LPIPS_DIVERSITY);
        if (target || reference || diversity) {
            List<RgbImage> all = new ArrayList<>(pixels);
            List<Integer> targets = new ArrayList<>();
            List<Integer> nearest = new ArrayList<>();
            for (Group group : groups) {
                List<RgbImage> wanted = target ? targetOf(group) : List.of();
                targets.add(wanted.size());
                all.addAll(wanted);
                List<GoldenImage> golden = reference ? references.nearest(group.prompt()) : List.of();
                nearest.add(golden.size());
                golden.forEach(
                        image -> all.add(references.digested(image).pixels().get()));
            }
            List<List<Activation>> taps = network.taps(all);
            int from = 0;
            int further = pixels.size();
            for (int g = 0; g < groups.size(); g++) {
                Group group = groups.get(g);
                List<List<Activation>> own =
                        taps.subList(from, from + group.images().size());
                from += own.size();
                List<List<Activation>> wanted = taps.subList(further, further + targets.get(g));
                further += wanted.size();
                List<List<Activation>> golden = taps.subList(further, further + nearest.get(g));
                further += golden.size();
                if (target) {
                    target(group, own, wanted);
                }
                if (reference) {
                    reference(group, own, golden);
                }
                if (diversity) {
                    diversity(group.prompt(), own);
                }
            }
        }
    }

    private void adherence(Prompt prompt, List<ScoredImage> images, List<AttributeReading> readings) {
        String id = id(ScoredMetric.ADHERENCE);
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

    /** The expected result of the group's edit; empty where it is no edit, or the dataset has no result at this size. */
    private List<RgbImage> targetOf(Group group) {
        if (group.prompt().edit().isEmpty()) {
            return List.of();
        }
        ScoredImage first = group.images().get(0);
        Optional<EditFiles> files = golden.editFiles(
                group.prompt().edit().get().pair(),
                first.asked().widthPixels(),
                first.asked().heightPixels());
        return files.map(pictures -> List.of(decoder.decode(pictures.target()))).orElse(List.of());
    }

    private void target(Group group, List<List<Activation>> taps, List<List<Activation>> target) {
        if (group.prompt().edit().isEmpty()) {
            return;
        }
        String id = id(ScoredMetric.LPIPS_TARGET);
        for (int i = 0; i < taps.size(); i++) {
            ScoredImage image = group.images().get(i);
            if (target.isEmpty()) {
                unscored(image, id, "the golden dataset has no target for this edit");
            } else {
                number(image, id, similarity.distance(taps.get(i), target.get(0)), "");
            }
        }
    }

    private void reference(Group group, List<List<Activation>> taps, List<List<Activation>> golden) {
        String id = id(ScoredMetric.LPIPS_REFERENCE);
        for (int i = 0; i < taps.size(); i++) {
            ScoredImage image = group.images().get(i);
            if (golden.isEmpty()) {
                unscored(image, id, "no golden picture shows what the prompt asks for");
                continue;
            }
            List<Activation> picture = taps.get(i);
            double least = golden.stream()
                    .mapToDouble(other -> similarity.distance(picture, other))
                    .min()
                    .orElseThrow();
            number(image, id, least, "least of " + golden.size() + " golden pictures");
        }
    }

    private void unscored(ScoredImage image, String metric, String reason) {
        writer.unscored(Scope.image(image.id().toString()), metric, reason, 0);
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
        writer.scored(
                scope,
                id,
                sum / pairs,
                pairs,
                List.of(),
                Collections.emptySortedMap(),
                "mean over pairs of one prompt");
    }

    private void number(ScoredImage image, String metric, double value, String method) {
        writer.scored(
                Scope.image(image.id().toString()), metric, value, 1, List.of(), Collections.emptySortedMap(), method);
    }

    private String id(ScoredMetric metric) {
        return MetricId.of(metric.id(), network.name()).toString();
    }
}
