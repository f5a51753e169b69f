package dev.touchstone.metrics.weights;

import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;

/** A feature extractor in two steps, so that one image can be prepared while another is in the network. Thread-safe. */
public interface ImageNetwork extends FeatureExtractor {

    /** The network's input for one image. */
    PlanarImage prepare(RgbImage image);

    /** Features of prepared images, one row each. */
    FeatureMatrix run(List<PlanarImage> images);

    @Override
    default FeatureMatrix features(List<RgbImage> images) {
        return run(images.stream().map(this::prepare).toList());
    }
}
