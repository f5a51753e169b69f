package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.measure.Measurement.Provenance;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.Score.Interval;
import dev.touchstone.metrics.metric.Score.SampleSize;
import dev.touchstone.metrics.metric.fid.FeatureMoments;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.fid.StatisticsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes together while a set metric is measured. */
final class Sides {

    private final FeatureExtractor extractor;
    private final MetricId metric;
    private final FeaturePipeline pipeline;
    private final List<UnreadableImage> unreadable = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Double> parts = new LinkedHashMap<>();
    private final List<Measurement.Pair> pairs = new ArrayList<>();
    private Optional<String> texts = Optional.empty();
    private Optional<Score> score = Optional.empty();

    Sides(FeatureExtractor extractor, String metric, FeaturePipeline pipeline) {
        this.extractor = extractor;
        this.metric = MetricId.of(metric, extractor.name());
        this.pipeline = pipeline;
    }

    /**
     * Features of a folder, or statistics of an npz file.
     *
     * @throws MetricException if there is neither, or no readable image in the folder
     */
    Side of(Path path) {
        if (isStatistics(path)) {
            FeatureMoments moments = StatisticsFile.read(path);
            if (moments.dimension() != extractor.dimension()) {
                throw new MetricException(path + ": expected statistics of " + extractor.dimension() + " features of "
                        + extractor.name() + ", found " + moments.dimension());
            }
            warn(path + " does not say which network, weights and recipe it comes of: make sure that they are these");
            return Side.of(path, moments);
        }
        if (Files.isRegularFile(path)) {
            String statistics =
                    metric.metric().equals(FrechetInceptionDistance.NAME) ? " or an npz file of statistics" : "";
            throw new MetricException(path + ": expected a folder of images" + statistics + ", found a file; "
                    + metric.metric() + " compares sets");
        }
        return images(path);
    }

    /**
     * Features of a folder or of one image.
     *
     * @throws MetricException if no image is readable
     */
    Side images(Path path) {
        ImageFiles files = ImageFiles.in(path);
        FolderFeatures folder = pipeline.features(extractor, files.files(), "features of " + path);
        files.leftOut().stream().filter(left -> !leftOut.contains(left)).forEach(left -> {
            leftOut.add(left);
            warn(left.sentence());
        });
        unreadable.addAll(folder.unreadable());
        if (folder.features().rows() == 0) {
            throw new MetricException(path + ": expected a readable image, found "
                    + folder.unreadable().size() + " that are not; the first: "
                    + folder.unreadable().get(0).reason());
        }
        return Side.of(path, folder.features());
    }

    /** Whether a path names a statistics file. */
    static boolean isStatistics(Path path) {
        return path.getFileName() != null && path.getFileName().toString().endsWith(".npz");
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** FID's bias depends on n: say so where it is large. */
    void warnOfSmallSets(Side a, Side b) {
        long smaller = a.n() == 0 ? b.n() : b.n() == 0 ? a.n() : Math.min(a.n(), b.n());
        if (smaller > 0 && smaller < extractor.dimension()) {
            warn(
                    smaller + " images for " + extractor.dimension()
                            + " features: FID is too high by an amount that depends on the number of images; compare only at equal n");
        }
        warnOfUnequalSets(a, b);
    }

    /** Say so where the number depends on both sizes. */
    void warnOfUnequalSets(Side a, Side b) {
        if (a.n() > 0 && b.n() > 0 && a.n() != b.n()) {
            warn("sets of unequal size: " + a.n() + " generated and " + b.n() + " reference");
        }
    }

    /** FID over 1 / n is a line only where the smallest subsets are not much smaller than the features are long. */
    void warnOfShortLine(Side generated) {
        if (generated.n() < 2L * extractor.dimension()) {
            warn(
                    generated.n() + " generated images for " + extractor.dimension()
                            + " features: FID of subsets of so few does not lie on a line over 1 / n, so take the value as a rough one");
        }
    }

    /** The Inception Score of a split is at most its number of images. */
    void warnOfFewImagesPerSplit(Side generated, int splits) {
        long images = generated.n() / splits;
        if (images < extractor.dimension()) {
            warn(generated.n() + " images in " + splits + " splits: the score of a split cannot exceed its " + images
                    + " images and is too low for few; published scores use 50,000 images");
        }
    }

    /** Places of the files that have a row, in their order. */
    List<Integer> readable(List<Path> files) {
        List<Path> bad = unreadable.stream().map(UnreadableImage::file).toList();
        return java.util.stream.IntStream.range(0, files.size())
                .filter(i -> !bad.contains(files.get(i)))
                .boxed()
                .toList();
    }

    void pair(String name, double value) {
        pairs.add(new Measurement.Pair(name, Optional.of(value)));
    }

    /** Digest of what made the texts' features. */
    void texts(String weightsDigest) {
        texts = Optional.of(weightsDigest);
    }

    void part(String name, double value) {
        parts.put(name, value);
    }

    void score(double value, Direction direction, Side a, Side b, Optional<Interval> interval, String method) {
        score = Optional.of(new Score.Scored(metric, value, direction, new SampleSize(a.n(), b.n()), interval, method));
    }

    void unscored(String reason) {
        score = Optional.of(new Score.Unscored(metric, reason));
    }

    Measurement measurement(Duration time) {
        if (!unreadable.isEmpty()) {
            warn(unreadable.size() + (unreadable.size() == 1 ? " file is" : " files are")
                    + " unreadable and did not count");
        }
        return new Measurement(
                score.orElseThrow(),
                parts,
                pairs,
                new Provenance(
                        Optional.of(extractor.name()),
                        Optional.of(extractor.weightsDigest()
                                + texts.map(t -> "+" + t).orElse("")),
                        Optional.of(extractor.preprocessing())),
                unreadable,
                leftOut,
                warnings,
                time);
    }
}
