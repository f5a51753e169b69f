package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.image.RgbImage;
import java.util.List;

/** A network that says which attributes of the built-in world it sees in a picture. */
public interface AttributeReader {

    /** Stable name, {@code [a-z0-9-]+}. */
    String name();

    /**
     * Reads a batch. The result of an image does not depend on the other images of its batch.
     *
     * @param images of any sizes, not empty
     * @return one answer per image, in order
     */
    List<AttributeReading> attributes(List<RgbImage> images);
}
