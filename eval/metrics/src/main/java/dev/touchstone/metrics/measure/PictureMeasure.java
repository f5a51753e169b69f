package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.PromptMetric;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.weights.container.WeightsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Metrics of single images and of pairs, generated first: files, or folders, paired by name. The value is the mean over images. One
 * with a file that cannot be decoded is named and does not count, and where none is left that is an error.
 */
final class PictureMeasure {

    private final MeasureSettings settings;
    private final MeasureProgress progress;

    PictureMeasure(MeasureSettings settings, MeasureProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** A metric of images, each with its partner where there is a second side. */
    Measurement of(ImageMetric metric, Path generated, Optional<Path> reference) {
        long start = System.nanoTime();
        ImagePairs pairs =
                reference.map(other -> ImagePairs.of(generated, other)).orElseGet(() -> ImagePairs.alone(generated));
        try (PictureNetwork network = PictureNetwork.open(metric, settings)) {
            MetricId id = metric.id(network.name());
            List<Outcome> outcomes =
                    computed(id, pairs.pairs(), network.together(), some -> compute(metric, network, some));
            List<Answer> answers =
                    outcomes.stream().flatMap(one -> one.answers().stream()).toList();
            List<UnreadableImage> unreadable =
                    outcomes.stream().flatMap(one -> one.unreadable().stream()).toList();
            if (answers.isEmpty()) {
                throw new MetricException(
                        id + ": expected a " + (reference.isPresent() ? "pair of readable images" : "readable image")
                                + ", found " + unreadable.size()
                                + (unreadable.size() == 1 ? " file that is" : " files that are") + " not; the first: "
                                + unreadable.get(0).reason());
            }
            return new Measurement(
                    score(metric, id, answers, reference.isPresent()),
                    Map.of(),
                    answers.stream()
                            .map(answer -> new Measurement.Pair(answer.name(), answer.value()))
                            .toList(),
                    network.provenance(),
                    unreadable,
                    pairs.leftOut(),
                    Stream.of(
                                    network.remarks(),
                                    warnings(id, answers, unreadable, pairs.leftOut(), reference.isPresent()),
                                    resized(network, outcomes))
                            .flatMap(List::stream)
                            .toList(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static List<String> resized(PictureNetwork network, List<Outcome> outcomes) {
        long unequal = outcomes.stream().mapToLong(Outcome::unequal).sum();
        long pairs = outcomes.stream().mapToLong(one -> one.answers().size()).sum();
        return network.resizes() && unequal > 0
                ? List.of(unequal + " of " + pairs + (pairs == 1 ? " pair is" : " pairs are")
                        + " of unequal sizes; the built-in network resizes every image to its own size first")
                : List.of();
    }

    /** A metric of the images of a folder, as if they were those of one prompt. */
    Measurement of(PromptMetric metric, Path generated) {
        long start = System.nanoTime();
        ImageFiles files = ImageFiles.in(generated);
        List<UnreadableImage> unreadable = new ArrayList<>();
        List<RgbImage> images = new ArrayList<>();
        files.files().forEach(file -> decode(file, unreadable).ifPresent(images::add));
        if (images.isEmpty()) {
            throw new MetricException(metric.name() + ": expected a readable image, found " + unreadable.size()
                    + " that are not; the first: " + unreadable.get(0).reason());
        }
        try (PictureNetwork network = PictureNetwork.open(metric, settings)) {
            MetricResult result =
                    metric.of(new PromptMetric.Input(network.name(), network.read(images), network.distance()));
            List<String> warnings = new ArrayList<>(
                    files.leftOut().stream().map(LeftOut::sentence).toList());
            if (!unreadable.isEmpty()) {
                warnings.add(unreadable.size() + (unreadable.size() == 1 ? " file is" : " files are")
                        + " unreadable and did not count");
            }
            warnings.addAll(result.remarks());
            return new Measurement(
                    result.score(),
                    result.parts(),
                    List.of(),
                    network.provenance(),
                    unreadable,
                    files.leftOut(),
                    warnings,
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private interface Batch {
        Outcome compute(List<ImagePairs.Pair> some);
    }

    private List<Outcome> computed(MetricId id, List<ImagePairs.Pair> all, int together, Batch batch) {
        ExecutorService executor =
                Executors.newFixedThreadPool(settings.execution().threads());
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int from = 0; from < all.size(); from += together) {
                List<ImagePairs.Pair> some = all.subList(from, Math.min(all.size(), from + together));
                running.add(executor.submit(() -> batch.compute(some)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            int done = 0;
            for (Future<Outcome> future : running) {
                outcomes.add(future.get());
                done = Math.min(all.size(), done + together);
                progress.advanced(id.toString(), done, all.size());
            }
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private Outcome compute(ImageMetric metric, PictureNetwork network, List<ImagePairs.Pair> pairs) {
        List<UnreadableImage> unreadable = new ArrayList<>();
        List<ImagePairs.Pair> readable = new ArrayList<>();
        List<RgbImage> generated = new ArrayList<>();
        List<RgbImage> reference = new ArrayList<>();
        for (ImagePairs.Pair pair : pairs) {
            Optional<RgbImage> a = decode(pair.generated(), unreadable);
            Optional<RgbImage> b = pair.reference().flatMap(file -> decode(file, unreadable));
            if (a.isPresent() && b.isPresent() == pair.reference().isPresent()) {
                readable.add(pair);
                generated.add(a.get());
                b.ifPresent(reference::add);
            }
        }
        if (readable.isEmpty()) {
            return new Outcome(List.of(), unreadable, 0);
        }
        try {
            List<Picture> pictures = network.read(generated);
            List<Picture> partners = network.partners(pictures, reference);
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < readable.size(); i++) {
                List<Picture> others = partners.isEmpty() ? List.of() : List.of(partners.get(i));
                MetricResult result = metric.of(new ImageMetric.Input(
                        network.name(), pictures.get(i), others, new TreeMap<>(), "", network.distance()));
                answers.add(new Answer(readable.get(i).name(), result.score()));
            }
            return new Outcome(answers, unreadable, unequal(generated, reference));
        } catch (MetricException | WeightsException | IllegalArgumentException e) {
            throw new MetricException(named(readable) + ": " + e.getMessage(), e);
        }
    }

    private static long unequal(List<RgbImage> generated, List<RgbImage> reference) {
        return IntStream.range(0, reference.size())
                .filter(i -> generated.get(i).widthPixels() != reference.get(i).widthPixels()
                        || generated.get(i).heightPixels() != reference.get(i).heightPixels())
                .count();
    }

    private static String named(List<ImagePairs.Pair> pairs) {
        ImagePairs.Pair first = pairs.get(0);
        String following = pairs.size() == 1
                ? ""
                : " and the " + (pairs.size() - 1)
                        + (first.reference().isPresent() ? " pairs after them" : " images after it");
        return first.generated() + first.reference().map(file -> " and " + file).orElse("") + following;
    }

    private Optional<RgbImage> decode(Path file, List<UnreadableImage> unreadable) {
        try {
            return Optional.of(settings.sources().decoder().decode(file));
        } catch (ImageDecodeException e) {
            unreadable.add(new UnreadableImage(file, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Score score(Metric metric, MetricId id, List<Answer> answers, boolean paired) {
        double[] defined = answers.stream()
                .flatMap(answer -> answer.value().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (defined.length == 0) {
            return new Score.Unscored(
                    id,
                    id + " is not defined for any of them: " + answers.get(0).reason(),
                    answers.size());
        }
        double sum = 0;
        for (double value : defined) {
            sum += value;
        }
        return new Score.Scored(
                id,
                sum / defined.length,
                metric.direction(),
                new Score.SampleSize(defined.length, paired ? defined.length : 0),
                Optional.empty(),
                paired ? "mean over pairs" : "mean over images");
    }

    private static List<String> warnings(
            MetricId id,
            List<Answer> answers,
            List<UnreadableImage> unreadable,
            List<LeftOut> leftOut,
            boolean paired) {
        List<String> warnings =
                new ArrayList<>(leftOut.stream().map(LeftOut::sentence).toList());
        if (!unreadable.isEmpty()) {
            String lost = paired ? "; its pair did not count" : " and did not count";
            String allLost = paired ? "; their pairs did not count" : " and did not count";
            warnings.add(
                    unreadable.size() == 1
                            ? "1 file is unreadable" + lost
                            : unreadable.size() + " files are unreadable" + allLost);
        }
        List<Answer> undefined =
                answers.stream().filter(answer -> answer.value().isEmpty()).toList();
        if (!undefined.isEmpty() && undefined.size() < answers.size()) {
            warnings.add(undefined.size() + " of " + answers.size() + (paired ? " pairs" : " images") + " have no " + id
                    + " (" + undefined.get(0).reason() + "); the mean is over the others");
        }
        return warnings;
    }

    /** What a metric said of one image. */
    private record Answer(String name, Score score) {

        Optional<Double> value() {
            return score.scored().map(Score.Scored::value);
        }

        String reason() {
            return score instanceof Score.Unscored none ? none.reason() : "";
        }
    }

    /** @param unequal pairs whose images are not of one size */
    private record Outcome(List<Answer> answers, List<UnreadableImage> unreadable, long unequal) {}
}
