package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.image.RgbImage;
import java.util.List;

/** A network whose inner layers serve a perceptual distance. Name and weights identify the numbers that come of it. */
public interface PerceptualNetwork {

    /** Stable name, {@code [a-z0-9-]+}; metrics carry it in brackets, as in {@code lpips[touchstone-1]}. */
    String name();

    /** SHA-256 of the weights, lower-case hex. */
    String weightsDigest();

    /** Names of the tapped layers, shallow to deep. */
    List<String> tapNames();

    /** Channels of each tapped layer, in the same order. */
    List<Integer> tapChannels();

    /**
     * Activations of the tapped layers, as they are, not normalised. The result of an image does not depend on the other
     * images of its batch.
     *
     * @param images not empty
     * @return per image one activation per tap
     */
    List<List<Activation>> taps(List<RgbImage> images);
}
