package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.fid.FeatureMoments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** One side of a measurement: features, or only their moments. */
final class Side {

    private final Path path;
    private final Optional<FeatureMatrix> features;
    private final Supplier<FeatureMoments> moments;
    private final long n;

    private Side(Path path, Optional<FeatureMatrix> features, Supplier<FeatureMoments> moments, long n) {
        this.path = path;
        this.features = features;
        this.moments = moments;
        this.n = n;
    }

    static Side of(Path path, FeatureMatrix features) {
        return new Side(path, Optional.of(features), () -> FeatureMoments.of(features), features.rows());
    }

    /** Statistics of a file, which does not say how many images it comes of: n is 0. */
    static Side of(Path path, FeatureMoments moments) {
        return new Side(path, Optional.empty(), () -> moments, moments.n().orElse(0));
    }

    Optional<FeatureMatrix> features() {
        return features;
    }

    /** @throws MetricException if only moments are known */
    FeatureMatrix required() {
        return features.orElseThrow(() -> new MetricException(
                path + ": expected a folder of images, found statistics; only fid can be computed from them"));
    }

    /** Moments, of features or as read. */
    FeatureMoments moments() {
        return moments.get();
    }

    /** Whether there is one image only, which has no spread. */
    boolean single() {
        return features.isPresent() && n < 2;
    }

    long n() {
        return n;
    }
}
