package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.feature.Picture;

/** A learned distance between two pictures: 0 for the same one, larger is further apart. Safe to use from several threads. */
@FunctionalInterface
public interface PerceptualDistance {

    /** How far apart the two are. */
    double between(Picture first, Picture second);

    /** Where no metric asks for a distance. */
    static PerceptualDistance none() {
        return (first, second) -> {
            throw new IllegalStateException("perceptual distance: expected a metric that says that it reads one");
        };
    }
}
