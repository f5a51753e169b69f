package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * A picture that was decoded once and went through a network once at most, with what was asked of it.
 *
 * @param pixels decoded
 * @param features of the network, length d. Not copied
 * @param taps activations of the tapped layers, for a perceptual distance
 * @param attributes what the network sees of the built-in world
 */
public record Picture(
        RgbImage pixels,
        Optional<float[]> features,
        Optional<List<Activation>> taps,
        Optional<AttributeReading> attributes) {

    /** What one forward pass can yield. */
    public enum Part {
        FEATURES,
        TAPS,
        ATTRIBUTES
    }

    /** Pixels alone. */
    public static Picture of(RgbImage pixels) {
        return new Picture(pixels, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @throws IllegalStateException if nobody asked the network for activations */
    public List<Activation> requiredTaps() {
        return taps.orElseThrow(() -> missing("activations"));
    }

    /** @throws IllegalStateException if nobody asked the network for attributes */
    public AttributeReading requiredAttributes() {
        return attributes.orElseThrow(() -> missing("attributes"));
    }

    /** @throws IllegalStateException if nobody asked the network for features */
    public float[] requiredFeatures() {
        return features.orElseThrow(() -> missing("features"));
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("picture: expected " + what
                + ", found none; a metric names everything that it reads, so that the network is asked for it");
    }
}
