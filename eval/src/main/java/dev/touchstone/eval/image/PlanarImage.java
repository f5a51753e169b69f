package dev.touchstone.eval.image;

import dev.touchstone.generator.image.RgbImage;

/**
 * Three planes of floats, a network's input.
 *
 * @param widthPixels at least 1
 * @param heightPixels at least 1
 * @param values {@code [3, height, width]}, red first. Not copied: whoever hands the array over stops writing to it
 */
public record PlanarImage(int widthPixels, int heightPixels, float[] values) {

    /** @throws IllegalArgumentException if the array's length does not fit */
    public PlanarImage {
        if (widthPixels < 1 || heightPixels < 1 || values.length != 3L * widthPixels * heightPixels) {
            throw new IllegalArgumentException(
                    "planes: expected 3 x " + heightPixels + " x " + widthPixels + " values, found " + values.length);
        }
    }

    /** Samples as they are, in [0, 255]. */
    public static PlanarImage of(RgbImage image) {
        int pixels = image.widthPixels() * image.heightPixels();
        float[] values = new float[3 * pixels];
        byte[] rgb = image.rgb();
        for (int i = 0, at = 0; i < pixels; i++, at += 3) {
            values[i] = rgb[at] & 0xff;
            values[pixels + i] = rgb[at + 1] & 0xff;
            values[2 * pixels + i] = rgb[at + 2] & 0xff;
        }
        return new PlanarImage(image.widthPixels(), image.heightPixels(), values);
    }

    /** One sample; channel 0 is red. */
    public float value(int channel, int y, int x) {
        return values[(channel * heightPixels + y) * widthPixels + x];
    }
}
