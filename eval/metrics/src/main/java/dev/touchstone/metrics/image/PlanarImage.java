package dev.touchstone.metrics.image;

/**
 * Three planes of floats, a network's input.
 *
 * @param widthPixels at least 1
 * @param heightPixels at least 1
 * @param values {@code [3, height, width]}, red first. Not copied: whoever hands the array over stops writing to it
 */
public record PlanarImage(int widthPixels, int heightPixels, float[] values) {

    private static final float[] AS_THEY_ARE = table(1);

    /** @throws IllegalArgumentException if the array's length does not fit */
    public PlanarImage {
        if (widthPixels < 1 || heightPixels < 1 || values.length != 3L * widthPixels * heightPixels) {
            throw new IllegalArgumentException(
                    "planes: expected 3 x " + heightPixels + " x " + widthPixels + " values, found " + values.length);
        }
    }

    /** Samples as they are, in [0, 255]. */
    public static PlanarImage of(RgbImage image) {
        return of(image, AS_THEY_ARE);
    }

    /** Samples as a table of 256 says. */
    static PlanarImage of(RgbImage image, float[] table) {
        int pixels = image.widthPixels() * image.heightPixels();
        float[] values = new float[3 * pixels];
        byte[] rgb = image.rgb();
        for (int i = 0, at = 0; i < pixels; i++, at += 3) {
            values[i] = table[rgb[at] & 0xff];
            values[pixels + i] = table[rgb[at + 1] & 0xff];
            values[2 * pixels + i] = table[rgb[at + 2] & 0xff];
        }
        return new PlanarImage(image.widthPixels(), image.heightPixels(), values);
    }

    /** A table whose entries are samples divided by a number. */
    static float[] table(float divisor) {
        float[] table = new float[256];
        for (int sample = 0; sample < table.length; sample++) {
            table[sample] = sample / divisor;
        }
        return table;
    }

    /** One sample; channel 0 is red. */
    public float value(int channel, int y, int x) {
        return values[(channel * heightPixels + y) * widthPixels + x];
    }
}
