package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.measure.Measurement.Provenance;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import dev.touchstone.metrics.metric.psnr.PeakSignalToNoise;
import dev.touchstone.metrics.metric.ssim.Downsampling;
import dev.touchstone.metrics.metric.ssim.StructuralSimilarity;
import dev.touchstone.metrics.weights.ImportedWeights;
import dev.touchstone.metrics.weights.LpipsNetwork;
import dev.touchstone.metrics.weights.PerceptualBackbone;
import dev.touchstone.metrics.weights.WeightsException;
import dev.touchstone.metrics.weights.WeightsKind;
import dev.touchstone.metrics.weights.WeightsStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Metrics on pairs of images, generated first: two files, or two folders with the same names. The value is the mean over
 * pairs. A pair with a file that cannot be decoded is named and does not count, and where no pair is left that is an error;
 * images of a pair must be of one size.
 */
public final class PairMeasure {

    private final MeasureSettings settings;
    private final MeasureProgress progress;

    public PairMeasure(MeasureSettings settings, MeasureProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** LPIPS with the network of the settings. */
    public Measurement lpips(Path generated, Path reference) {
        if (settings.net().isEmpty()) {
            try (TouchstoneFeatures network = TouchstoneFeatures.builtin()) {
                LearnedPerceptualSimilarity lpips =
                        new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
                return measured(
                        lpips.id(),
                        Direction.LOWER_IS_BETTER,
                        provenance(network.name(), network.weightsDigest()),
                        ImagePairs.of(generated, reference),
                        LearnedPerceptualSimilarity.BATCH,
                        (a, b) -> Arrays.stream(lpips.distances(a, b))
                                .mapToObj(Optional::of)
                                .toList());
            }
        }
        PerceptualBackbone backbone = settings.net().get();
        ImportedWeights layers = weights(settings.backboneWeights(), WeightsStore.backboneKind(backbone));
        ImportedWeights linear = weights(settings.linearWeights(), WeightsStore.linearKind(backbone));
        ImagePairs pairs = ImagePairs.of(generated, reference);
        try (LpipsNetwork network = settings.sources().store().perceptual(backbone, layers, linear, 1)) {
            return measured(
                    MetricId.of(LearnedPerceptualSimilarity.METRIC, backbone.text()),
                    Direction.LOWER_IS_BETTER,
                    provenance(backbone.text(), network.weightsDigest()),
                    pairs,
                    1,
                    each((a, b) -> Optional.of((double) network.distance(a, b))));
        }
    }

    /** SSIM as the images are. */
    public Measurement ssim(Path generated, Path reference) {
        return measured(
                MetricId.of(StructuralSimilarity.NAME),
                Direction.HIGHER_IS_BETTER,
                Provenance.none(),
                ImagePairs.of(generated, reference),
                1,
                each((a, b) -> Optional.of(StructuralSimilarity.between(a, b, Downsampling.NONE))));
    }

    /** MS-SSIM over five scales. */
    public Measurement multiScaleSsim(Path generated, Path reference) {
        return measured(
                MetricId.of(StructuralSimilarity.MULTI_SCALE_NAME),
                Direction.HIGHER_IS_BETTER,
                Provenance.none(),
                ImagePairs.of(generated, reference),
                1,
                each((a, b) -> Optional.of(StructuralSimilarity.multiScale(a, b))));
    }

    /** PSNR in decibels; identical pairs have none and are left out of the mean. */
    public Measurement psnr(Path generated, Path reference) {
        return measured(
                MetricId.of(PeakSignalToNoise.NAME),
                Direction.HIGHER_IS_BETTER,
                Provenance.none(),
                ImagePairs.of(generated, reference),
                1,
                each((a, b) -> PeakSignalToNoise.between(a, b).stream().boxed().findFirst()));
    }

    private ImportedWeights weights(Optional<Path> file, WeightsKind kind) {
        WeightsStore store = settings.sources().store();
        return file.map(f -> store.importFile(f, settings.sources().digests())).orElseGet(() -> store.require(kind));
    }

    private static Provenance provenance(String network, String digest) {
        return new Provenance(Optional.of(network), Optional.of(digest), Optional.empty());
    }

    private Measurement measured(
            MetricId metric,
            Direction direction,
            Provenance provenance,
            ImagePairs pairs,
            int together,
            PairsMetric body) {
        long start = System.nanoTime();
        ExecutorService executor =
                Executors.newFixedThreadPool(settings.execution().threads());
        List<Measurement.Pair> values = new ArrayList<>();
        List<UnreadableImage> unreadable = new ArrayList<>();
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            List<ImagePairs.Pair> all = pairs.pairs();
            for (int from = 0; from < all.size(); from += together) {
                List<ImagePairs.Pair> some = all.subList(from, Math.min(all.size(), from + together));
                running.add(executor.submit(() -> compute(some, body)));
            }
            int done = 0;
            for (Future<Outcome> future : running) {
                Outcome outcome = future.get();
                values.addAll(outcome.values());
                unreadable.addAll(outcome.unreadable());
                done = Math.min(all.size(), done + together);
                progress.advanced(metric.toString(), done, all.size());
            }
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
        if (values.isEmpty()) {
            throw new MetricException(metric + ": expected a pair of readable images, found "
                    + unreadable.size() + (unreadable.size() == 1 ? " file that is" : " files that are")
                    + " not; the first: " + unreadable.get(0).reason());
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Measurement(
                score(metric, direction, values),
                Map.of(),
                values,
                provenance,
                unreadable,
                pairs.leftOut(),
                warnings(metric, values, unreadable, pairs.leftOut()),
                time);
    }

    private static Score score(MetricId metric, Direction direction, List<Measurement.Pair> values) {
        double[] defined = values.stream()
                .flatMap(pair -> pair.value().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (defined.length == 0) {
            return new Score.Unscored(metric, metric + " is not defined for identical images, found only such");
        }
        double sum = 0;
        for (double value : defined) {
            sum += value;
        }
        return new Score.Scored(
                metric,
                sum / defined.length,
                direction,
                new Score.SampleSize(defined.length, defined.length),
                Optional.empty(),
                "mean over pairs");
    }

    private static List<String> warnings(
            MetricId metric, List<Measurement.Pair> values, List<UnreadableImage> unreadable, List<LeftOut> leftOut) {
        List<String> warnings =
                new ArrayList<>(leftOut.stream().map(LeftOut::sentence).toList());
        if (!unreadable.isEmpty()) {
            warnings.add(
                    unreadable.size() == 1
                            ? "1 file is unreadable; its pair did not count"
                            : unreadable.size() + " files are unreadable; their pairs did not count");
        }
        long identical = values.stream().filter(pair -> pair.value().isEmpty()).count();
        if (identical > 0 && identical < values.size()) {
            warnings.add(identical + " of " + values.size() + " pairs are of identical images, for which " + metric
                    + " is not defined; the mean is over the others");
        }
        return warnings;
    }

    private Outcome compute(List<ImagePairs.Pair> pairs, PairsMetric body) {
        List<UnreadableImage> unreadable = new ArrayList<>();
        List<ImagePairs.Pair> readable = new ArrayList<>();
        List<RgbImage> generated = new ArrayList<>();
        List<RgbImage> reference = new ArrayList<>();
        for (ImagePairs.Pair pair : pairs) {
            Optional<RgbImage> a = decode(pair.generated(), unreadable);
            Optional<RgbImage> b = decode(pair.reference(), unreadable);
            if (a.isPresent() && b.isPresent()) {
                readable.add(pair);
                generated.add(a.get());
                reference.add(b.get());
            }
        }
        List<Measurement.Pair> values = new ArrayList<>();
        if (readable.isEmpty()) {
            return new Outcome(values, unreadable);
        }
        try {
            List<Optional<Double>> computed = body.values(generated, reference);
            for (int i = 0; i < readable.size(); i++) {
                values.add(new Measurement.Pair(readable.get(i).name(), computed.get(i)));
            }
            return new Outcome(values, unreadable);
        } catch (MetricException | WeightsException | IllegalArgumentException e) {
            ImagePairs.Pair first = readable.get(0);
            String following = readable.size() == 1 ? "" : " and the " + (readable.size() - 1) + " pairs after them";
            throw new MetricException(
                    first.generated() + " and " + first.reference() + following + ": " + e.getMessage(), e);
        }
    }

    private Optional<RgbImage> decode(Path file, List<UnreadableImage> unreadable) {
        try {
            return Optional.of(settings.sources().decoder().decode(file));
        } catch (ImageDecodeException e) {
            unreadable.add(new UnreadableImage(file, e.getMessage()));
            return Optional.empty();
        }
    }

    private record Outcome(List<Measurement.Pair> values, List<UnreadableImage> unreadable) {}

    private interface PairMetric {
        Optional<Double> value(RgbImage generated, RgbImage reference);
    }

    /** One value per pair, in order. */
    private interface PairsMetric {
        List<Optional<Double>> values(List<RgbImage> generated, List<RgbImage> reference);
    }

    private static PairsMetric each(PairMetric metric) {
        return (generated, reference) -> IntStream.range(0, generated.size())
                .mapToObj(i -> metric.value(generated.get(i), reference.get(i)))
                .toList();
    }
}
