package dev.touchstone.metrics.image;

import java.awt.image.BufferedImage;

/**
 * An 8-bit sRGB image without alpha.
 *
 * @param widthPixels at least 1
 * @param heightPixels at least 1
 * @param rgb row-major, top row first, interleaved R, G, B: {@code widthPixels * heightPixels * 3} bytes. Not copied:
 *     whoever hands the array over stops writing to it
 */
public record RgbImage(int widthPixels, int heightPixels, byte[] rgb) {

    /** @throws IllegalArgumentException if a side is below 1 or the array's length does not fit */
    public RgbImage {
        if (widthPixels < 1 || heightPixels < 1) {
            throw new IllegalArgumentException(
                    "image: expected sides of at least 1 pixel, found " + widthPixels + " x " + heightPixels);
        }
        if (rgb.length != Math.multiplyExact(Math.multiplyExact(widthPixels, heightPixels), 3)) {
            throw new IllegalArgumentException("image: expected " + widthPixels * heightPixels * 3 + " bytes for "
                    + widthPixels + " x " + heightPixels + ", found " + rgb.length);
        }
    }

    /** Copies the colours of a buffered image; alpha is ignored. */
    public static RgbImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[argb.length * 3];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return new RgbImage(width, height, rgb);
    }

    /** A channel of a pixel in [0, 255]; channel 0 is red. */
    public int sample(int x, int y, int channel) {
        return rgb[(y * widthPixels + x) * 3 + channel] & 0xff;
    }

    /** A copy as a {@link BufferedImage#TYPE_INT_RGB} image. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_INT_RGB);
        int[] packed = new int[widthPixels * heightPixels];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
        }
        image.setRGB(0, 0, widthPixels, heightPixels, packed, 0, widthPixels);
        return image;
    }
}
