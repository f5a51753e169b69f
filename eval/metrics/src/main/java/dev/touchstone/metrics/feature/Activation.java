package dev.touchstone.metrics.feature;

/**
 * What one layer makes of one image.
 *
 * @param channels at least 1
 * @param height of the map, at least 1
 * @param width of the map, at least 1
 * @param values {@code [channels, height, width]}, row-major. Not copied: whoever hands the array over stops writing to it
 */
public record Activation(int channels, int height, int width, float[] values) {

    /** @throws IllegalArgumentException if a side is below 1 or the array's length does not fit */
    public Activation {
        if (channels < 1 || height < 1 || width < 1 || values.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "activation: expected sides of at least 1 and their product of values, found " + channels + " x "
                            + height + " x " + width + " with " + values.length + " values");
        }
    }
}
