package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.util.List;

/** A feature extractor in two steps, so that one image can be prepared while another is in the network. Thread-safe. */
public interface ImageNetwork extends FeatureExtractor {

    /** The network's input for one image. */
    PlanarImage prepare(RgbImage image);

    /** As {@link #prepare(RgbImage)}, for networks whose preparation depends on what the file held. */
    default PlanarImage prepare(SourceImage image) {
        return prepare(image.rgb());
    }

    /** Features of prepared images, one row each. */
    FeatureMatrix run(List<PlanarImage> images);

    @Override
    default FeatureMatrix features(List<RgbImage> images) {
        return run(images.stream().map(image -> prepare(image)).toList());
    }
}
