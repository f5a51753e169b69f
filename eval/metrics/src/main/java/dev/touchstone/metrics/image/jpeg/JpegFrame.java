package dev.touchstone.metrics.image.jpeg;

import java.util.List;

/**
 * What the frame header says.
 *
 * @param width at least 1, in pixels
 * @param height at least 1, in pixels
 * @param progressive whether coefficients come in several scans
 * @param components 1, 3 or 4
 */
record JpegFrame(int width, int height, boolean progressive, List<JpegComponent> components) {

    JpegFrame {
        components = List.copyOf(components);
    }

    int largestHorizontal() {
        return components.stream().mapToInt(c -> c.horizontal).max().orElse(1);
    }

    int largestVertical() {
        return components.stream().mapToInt(c -> c.vertical).max().orElse(1);
    }

    int mcusAcross() {
        return JpegComponent.ceil(width, 8 * largestHorizontal());
    }

    int mcusDown() {
        return JpegComponent.ceil(height, 8 * largestVertical());
    }
}
