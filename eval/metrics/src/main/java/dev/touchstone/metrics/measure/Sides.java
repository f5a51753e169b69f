package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.measure.Measurement.Provenance;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Score;
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
public final class Sides {

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
    public static boolean isStatistics(Path path) {
        return path.getFileName() != null && path.getFileName().toString().endsWith(".npz");
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
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

    /** What the metric answered. */
    void result(MetricResult result) {
        parts.putAll(result.parts());
        result.remarks().forEach(this::warn);
        score = Optional.of(result.score());
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
