package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.cmmd.ClipMaximumMeanDiscrepancy;
import dev.touchstone.metrics.metric.cmmd.ClipScore;
import dev.touchstone.metrics.metric.fid.FrechetDistance;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.fid.FrechetInfinity;
import dev.touchstone.metrics.metric.fid.StatisticsFile;
import dev.touchstone.metrics.metric.isc.InceptionScore;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.SubsetEstimate;
import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.metric.kid.UnbiasedEstimate;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.prdc.PrecisionRecallDensityCoverage;
import dev.touchstone.metrics.weights.ClipImageFeatures;
import dev.touchstone.metrics.weights.ClipTextFeatures;
import dev.touchstone.metrics.weights.ImportedWeights;
import dev.touchstone.metrics.weights.InceptionTap;
import dev.touchstone.metrics.weights.WeightsKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Metrics between two sets of images, generated first. A side is a folder, for FID also an npz file of statistics. Files
 * that cannot be decoded are named in the answer and do not count; a side without a readable image is an error, one with too
 * few for the metric gives no number and says why.
 */
public final class Measure {

    /** Largest set of which the full KID estimate is computed beside the subsets. */
    private static final int FULL_ESTIMATE_LIMIT = 5000;

    private final MeasureSettings settings;
    private final MeasureProgress progress;

    public Measure(MeasureSettings settings, MeasureProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Fréchet distance of folders or statistics files; with {@code saveStatistics} the reference's are written. */
    public Measurement fid(Path generated, Path reference) {
        if (Sides.isStatistics(generated) && Sides.isStatistics(reference)) {
            return StatisticsMeasure.fid(generated, reference, settings.saveStatistics());
        }
        return withFeatures(InceptionTap.ofDimension(settings.dimensions()), FrechetInceptionDistance.NAME, sides -> {
            Side a = sides.of(generated);
            Side b = sides.of(reference);
            if (a.single() || b.single()) {
                sides.unscored("fid needs at least 2 images on each side, found " + a.n() + " generated and " + b.n()
                        + " reference");
                return;
            }
            settings.saveStatistics().ifPresent(file -> StatisticsFile.write(file, b.moments()));
            FrechetDistance distance = a.features().isPresent() && b.features().isPresent()
                    ? FrechetInceptionDistance.between(
                            a.features().get(), b.features().get())
                    : FrechetInceptionDistance.between(a.moments(), b.moments());
            sides.warnOfSmallSets(a, b);
            sides.part("mean-term", distance.meanTerm());
            sides.score(
                    distance.value(),
                    Direction.LOWER_IS_BETTER,
                    a,
                    b,
                    Optional.empty(),
                    distance.route().toString());
        });
    }

    /** FID extrapolated to endless images, of two folders. */
    public Measurement fidInfinity(Path generated, Path reference) {
        return withFeatures(InceptionTap.ofDimension(settings.dimensions()), FrechetInfinity.NAME, sides -> {
            Side a = sides.of(generated);
            Side b = sides.of(reference);
            if (a.required().rows() < FrechetInfinity.FEWEST_GENERATED
                    || b.required().rows() < 2) {
                sides.unscored("fid-infinity needs at least " + FrechetInfinity.FEWEST_GENERATED
                        + " generated images and 2 of reference, found " + a.n() + " and " + b.n());
                return;
            }
            FrechetInfinity infinity = FrechetInfinity.of(
                    Rows.of(a.required()),
                    Rows.of(b.required()),
                    settings.kidProtocol().seed());
            sides.warnOfShortLine(a);
            sides.warnOfUnequalSets(a, b);
            sides.part("slope", infinity.slope());
            sides.score(
                    infinity.value(), Direction.LOWER_IS_BETTER, a, b, Optional.empty(), "15 sizes, line over 1 / n");
        });
    }

    /** Kernel distance of two folders: subsets, and for small sets the full estimate with its interval. */
    public Measurement kid(Path generated, Path reference) {
        return withFeatures(InceptionTap.POOL_2048, KernelInceptionDistance.NAME, sides -> {
            Side a = sides.of(generated);
            Side b = sides.of(reference);
            FeatureMatrix x = a.required();
            FeatureMatrix y = b.required();
            int smaller = Math.min(x.rows(), y.rows());
            SubsetProtocol protocol = settings.kidProtocol();
            if (smaller < 3) {
                sides.unscored("kid needs at least 3 images on each side, found " + x.rows() + " generated and "
                        + y.rows() + " reference");
                return;
            }
            if (smaller < protocol.size()) {
                sides.warn("subsets of " + smaller + " images instead of " + protocol.size()
                        + ", because a side has no more; published KIDs use 1000");
                protocol = protocol.withSize(smaller);
            }
            SubsetEstimate estimate = KernelInceptionDistance.subsets(Rows.of(x), Rows.of(y), protocol);
            if (protocol.size() < Math.max(x.rows(), y.rows())) {
                sides.part("std", estimate.standardDeviation());
            } else {
                sides.warn("every subset is the whole of both sides: there is no spread over subsets");
            }
            sides.part("subsets", protocol.subsets());
            sides.part("subset-size", protocol.size());
            if (Math.max(x.rows(), y.rows()) <= FULL_ESTIMATE_LIMIT) {
                UnbiasedEstimate full = KernelInceptionDistance.unbiased(Rows.of(x), Rows.of(y));
                sides.part("full", full.value());
                sides.part("full-low", full.interval().low());
                sides.part("full-high", full.interval().high());
            }
            sides.score(estimate.mean(), Direction.LOWER_IS_BETTER, a, b, Optional.empty(), "subsets, torch-fidelity");
        });
    }

    /** Precision, recall, density and coverage of two folders; the value is the mean of precision and recall, harmonic. */
    public Measurement prdc(Path generated, Path reference) {
        return withFeatures(InceptionTap.POOL_2048, PrecisionRecallDensityCoverage.NAME, sides -> {
            Side a = sides.of(generated);
            Side b = sides.of(reference);
            int smaller = Math.min(a.required().rows(), b.required().rows());
            if (smaller <= PrecisionRecallDensityCoverage.NEIGHBOURS) {
                sides.unscored("prdc needs at least " + (PrecisionRecallDensityCoverage.NEIGHBOURS + 1)
                        + " images on each side, found " + smaller);
                return;
            }
            sides.warnOfUnequalSets(a, b);
            PrecisionRecallDensityCoverage prdc = PrecisionRecallDensityCoverage.of(a.required(), b.required());
            sides.part("precision", prdc.precision());
            sides.part("recall", prdc.recall());
            sides.part("density", prdc.density());
            sides.part("coverage", prdc.coverage());
            sides.score(prdc.fScore(), Direction.HIGHER_IS_BETTER, a, b, Optional.empty(), "k 5, open balls");
        });
    }

    /** Inception Score of a folder; there is no reference. Needs Inception features. */
    public Measurement inceptionScore(Path generated) {
        if (settings.features() != MeasureSettings.Features.INCEPTION_V3) {
            throw new MetricException(
                    "is: expected --features inception-v3, found the built-in network, which has no" + " classes");
        }
        return withFeatures(InceptionTap.LOGITS, InceptionScore.NAME, sides -> {
            Side a = sides.of(generated);
            if (a.required().rows() < InceptionScore.SPLITS) {
                sides.unscored("is needs at least one image for each of " + InceptionScore.SPLITS + " splits, found "
                        + a.required().rows());
                return;
            }
            sides.warnOfFewImagesPerSplit(a, InceptionScore.SPLITS);
            InceptionScore score = InceptionScore.of(a.required());
            sides.part("std", score.standardDeviation());
            sides.score(
                    score.mean(),
                    Direction.HIGHER_IS_BETTER,
                    a,
                    Side.none(),
                    Optional.empty(),
                    "10 splits, torch-fidelity");
        });
    }

    /** CLIP discrepancy of two folders. Needs a CLIP model. */
    public Measurement cmmd(Path generated, Path reference) {
        Path model = settings.clipModel()
                .orElseThrow(() -> new MetricException(
                        "cmmd: expected an ONNX file of CLIP's image tower, found none; give it with --weights"));
        try (ClipImageFeatures clip = ClipImageFeatures.open(model, ClipImageFeatures.Preparation.CMMD, 1)) {
            return measured(clip, ClipMaximumMeanDiscrepancy.NAME, sides -> {
                Side a = sides.of(generated);
                Side b = sides.of(reference);
                sides.score(
                        ClipMaximumMeanDiscrepancy.between(a.required(), b.required()),
                        Direction.LOWER_IS_BETTER,
                        a,
                        b,
                        Optional.empty(),
                        "biased, sigma 10, x 1000");
            });
        }
    }

    /**
     * How well images fit their prompts.
     *
     * @param prompts a text file of lines {@code name TAB prompt}, the names being those of the images without ending
     * @param text CLIP's text tower
     */
    public Measurement clipScore(Path generated, Path prompts, ClipTextFeatures text) {
        Path model = settings.clipModel()
                .orElseThrow(() -> new MetricException(
                        "clip-score: expected an ONNX file of CLIP's image tower, found none; give it with --weights"));
        List<Path> files = ImageFiles.in(generated).files();
        List<String> wanted = ImagePrompts.read(prompts).of(files);
        try (ClipImageFeatures clip = ClipImageFeatures.open(model, ClipImageFeatures.Preparation.CLIP, 1)) {
            return measured(clip, ClipScore.NAME, sides -> {
                Side a = sides.images(generated);
                List<Integer> readable = sides.readable(files);
                FeatureMatrix texts = text.of(readable.stream().map(wanted::get).toList());
                double[] scores = ClipScore.perImage(a.required(), texts);
                for (int i = 0; i < scores.length; i++) {
                    sides.pair(FileNames.stem(files.get(readable.get(i))), scores[i]);
                }
                sides.texts(text.weightsDigest());
                ImagePrompts.cutOff(files, wanted, text).ifPresent(sides::warn);
                sides.score(
                        ClipScore.of(a.required(), texts),
                        Direction.HIGHER_IS_BETTER,
                        a,
                        a,
                        Optional.empty(),
                        "100 cos, mean over images, not below 0");
            });
        }
    }

    private Measurement withFeatures(InceptionTap tap, String metric, Body body) {
        try (FeatureExtractor extractor = extractor(tap)) {
            return measured(extractor, metric, body);
        }
    }

    private FeatureExtractor extractor(InceptionTap tap) {
        if (settings.features() == MeasureSettings.Features.BUILTIN) {
            return TouchstoneFeatures.builtin();
        }
        ImportedWeights weights = settings.weights()
                .map(file -> settings.sources()
                        .store()
                        .importFile(file, settings.sources().digests()))
                .orElseGet(() -> settings.sources().store().require(WeightsKind.INCEPTION_V3));
        return settings.sources().store().inception(weights, settings.recipe(), tap, 1);
    }

    private Measurement measured(FeatureExtractor extractor, String metric, Body body) {
        long start = System.nanoTime();
        FeaturePipeline pipeline = new FeaturePipeline(
                settings.sources().decoder(),
                settings.cache().map(FeatureCache::new),
                settings.execution().threads(),
                settings.execution().batch(),
                progress);
        Sides sides = new Sides(extractor, metric, pipeline);
        body.measure(sides);
        return sides.measurement(Duration.ofNanos(System.nanoTime() - start));
    }

    private interface Body {
        void measure(Sides sides);
    }
}
