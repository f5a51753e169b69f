package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.image.RgbImage;
import java.util.List;

/**
 * A network that turns images into feature vectors. Name, weights and preprocessing together identify the numbers that
 * come of it; features of different identities are never compared.
 */
public interface FeatureExtractor extends AutoCloseable {

    /** Stable name, {@code [a-z0-9-]+}; metrics carry it in brackets, as in {@code fid[touchstone-1]}. */
    String name();

    /** SHA-256 of the weights, lower-case hex. */
    String weightsDigest();

    /** Stable name of how an image becomes the network's input: size, filter, scaling. */
    String preprocessing();

    /** Length d of a feature vector. */
    int dimension();

    /** A call computes a multiple of this many images, however few it is given; at least 1. */
    default int chunk() {
        return 1;
    }

    /**
     * Features of a batch. The result of an image does not depend on the other images of its batch.
     *
     * @param images of any sizes, not empty
     * @return {@code [images.size(), dimension()]}, rows in the order of the images
     */
    FeatureMatrix features(List<RgbImage> images);

    @Override
    void close();
}
