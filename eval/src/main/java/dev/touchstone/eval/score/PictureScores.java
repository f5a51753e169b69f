package dev.touchstone.eval.score;

import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.PerceptualDistance;
import dev.touchstone.metrics.metric.PromptMetric;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Scores of single pictures and of the pictures of one prompt. Every picture, and every golden one that belongs to it, is read from its
 * file and goes through the network once, whatever metrics ask for.
 */
final class PictureScores {

    /** Golden pictures kept with their activations, about 0.8 MB each, for later prompts that are compared with them too. */
    private static final int KEPT = 96;

    private final TouchstoneFeatures network;
    private final GoldenReferences references;
    private final List<Metric> metrics;
    private final Set<Picture.Part> parts;
    private final PerceptualDistance distance;
    private final Map<String, Picture> kept = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Picture> eldest) {
            return size() > KEPT;
        }
    };

    PictureScores(TouchstoneFeatures network, GoldenReferences references, List<Metric> metrics) {
        this.network = network;
        this.references = references;
        this.metrics = metrics;
        this.parts = parts(metrics);
        this.distance = reads(Reads.PERCEPTUAL)
                ? new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network))
                : PerceptualDistance.none();
    }

    /** What the network is asked for, so that all these metrics can be computed. */
    static Set<Picture.Part> parts(List<Metric> metrics) {
        Set<Picture.Part> parts = EnumSet.noneOf(Picture.Part.class);
        metrics.forEach(metric -> parts.addAll(metric.parts()));
        return parts;
    }

    private boolean reads(Reads what) {
        return metrics.stream().anyMatch(metric -> metric.reads().contains(what));
    }

    /** The pictures of one prompt, all of its size, at least one. */
    record Group(Prompt prompt, List<ScoredImage> images) {}

    /**
     * What came of several prompts.
     *
     * @param lines in the order of the groups
     * @param features of their pictures in order; none where no metric reads features
     * @param golden features of the golden pictures that were read, by digest; none where no metric reads features
     */
    record Scored(List<ScoreLine> lines, List<float[]> features, Map<String, float[]> golden) {}

    /** What belongs to the pictures of a group. */
    private record Belonging(Group group, Optional<DigestedImage> target, List<DigestedImage> nearest) {
        Stream<DigestedImage> all() {
            return Stream.concat(target.stream(), nearest.stream());
        }
    }

    /** All picture-wise and prompt-wise metrics of several prompts, whose pictures go through the network together. */
    Scored score(List<Group> groups) {
        List<Belonging> belongings = groups.stream().map(this::belonging).toList();
        Map<String, Picture> golden = new LinkedHashMap<>();
        Map<String, DigestedImage> unread = new LinkedHashMap<>();
        belongings.stream().flatMap(Belonging::all).forEach(image -> {
            Picture known = kept.get(image.sha256());
            if (known == null) {
                unread.putIfAbsent(image.sha256(), image);
            } else {
                golden.put(image.sha256(), known);
            }
        });
        List<DigestedImage> wanted = new ArrayList<>();
        groups.forEach(group -> group.images().forEach(image -> wanted.add(image.content())));
        int own = wanted.size();
        wanted.addAll(unread.values());
        List<Picture> pictures = read(wanted);
        for (int i = own; i < pictures.size(); i++) {
            golden.put(wanted.get(i).sha256(), pictures.get(i));
        }
        List<ScoreLine> lines = lines(belongings, pictures, golden);
        Map<String, float[]> goldenFeatures = new LinkedHashMap<>();
        if (parts.contains(Picture.Part.FEATURES)) {
            unread.keySet()
                    .forEach(digest ->
                            goldenFeatures.put(digest, golden.get(digest).requiredFeatures()));
        }
        kept.putAll(golden);
        return new Scored(
                lines,
                pictures.subList(0, own).stream()
                        .flatMap(picture -> picture.features().stream())
                        .toList(),
                goldenFeatures);
    }

    private Belonging belonging(Group group) {
        return new Belonging(
                group,
                reads(Reads.TARGET) ? references.target(group.images().get(0).asked()) : Optional.empty(),
                reads(Reads.NEAREST)
                        ? references.nearest(group.prompt()).stream()
                                .map(references::digested)
                                .toList()
                        : List.of());
    }

    private List<Picture> read(List<DigestedImage> images) {
        List<RgbImage> pixels = images.parallelStream().map(DigestedImage::read).toList();
        return parts.isEmpty() ? pixels.stream().map(Picture::of).toList() : network.read(pixels, parts);
    }

    private List<ScoreLine> lines(List<Belonging> belongings, List<Picture> pictures, Map<String, Picture> golden) {
        List<Supplier<ScoreLine>> tasks = new ArrayList<>();
        int first = 0;
        for (Belonging belonging : belongings) {
            Group group = belonging.group();
            List<Picture> own = pictures.subList(first, first + group.images().size());
            first += own.size();
            for (Metric metric : metrics) {
                if (metric instanceof PromptMetric ofPrompt) {
                    tasks.add(() -> ScoreLine.of(
                            new Subject.OfPrompt(group.prompt().id()),
                            metric,
                            ofPrompt.of(new PromptMetric.Input(network.name(), own, distance)),
                            new TreeMap<>()));
                } else if (metric instanceof ImageMetric ofImage && applies(metric, group.prompt())) {
                    List<Picture> others = belonging(metric, belonging).stream()
                            .map(image -> golden.get(image.sha256()))
                            .toList();
                    for (int i = 0; i < own.size(); i++) {
                        Picture picture = own.get(i);
                        Subject subject =
                                new Subject.OfImage(group.images().get(i).id());
                        tasks.add(() -> ScoreLine.of(
                                subject, metric, ofImage.of(input(picture, others, group.prompt())), new TreeMap<>()));
                    }
                }
            }
        }
        return tasks.parallelStream().map(Supplier::get).toList();
    }

    /** A metric of edits is not asked of prompts that edit nothing. */
    private static boolean applies(Metric metric, Prompt prompt) {
        return prompt.edit().isPresent() || !metric.reads().contains(Reads.TARGET);
    }

    private static List<DigestedImage> belonging(Metric metric, Belonging belonging) {
        if (metric.reads().contains(Reads.TARGET)) {
            return belonging.target().stream().toList();
        }
        return metric.reads().contains(Reads.NEAREST) ? belonging.nearest() : List.of();
    }

    private ImageMetric.Input input(Picture picture, List<Picture> others, Prompt prompt) {
        return new ImageMetric.Input(network.name(), picture, others, prompt.asks(), prompt.text(), distance);
    }
}
