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

    /**
     * A copy that is turned or mirrored.
     *
     * @param value of the orientation tag of EXIF and TIFF, in [1, 8]; 5 to 8 exchange the sides
     */
    public RgbImage turned(int value) {
        int width = value >= 5 ? heightPixels : widthPixels;
        int height = value >= 5 ? widthPixels : heightPixels;
        return new RgbImage(width, height, turned(rgb, 3, value));
    }

    /** Turns {@code [height, width, step]} bytes of this image's size, as {@link #turned(int)}. */
    byte[] turned(byte[] samples, int step, int value) {
        int w = widthPixels;
        int h = heightPixels;
        int width = value >= 5 ? h : w;
        int height = value >= 5 ? w : h;
        byte[] turned = new byte[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sx = switch (value) {
                    case 2, 3 -> w - 1 - x;
                    case 5, 8 -> value == 8 ? w - 1 - y : y;
                    case 6 -> y;
                    case 7 -> w - 1 - y;
                    default -> x;
                };
                int sy = switch (value) {
                    case 3, 4 -> h - 1 - y;
                    case 5, 8 -> x;
                    case 6, 7 -> h - 1 - x;
                    default -> y;
                };
                System.arraycopy(samples, (sy * w + sx) * step, turned, (y * width + x) * step, step);
            }
        }
        return turned;
    }

    /**
     * What is left of paper under ink, by Pillow's conversion of CMYK: the product is rounded before it is taken away.
     *
     * @param ink in [0, 255]
     * @param paper that black leaves, in [0, 255]
     */
    public static byte inked(int ink, int paper) {
        int product = ink * paper + 128;
        return (byte) Math.max(0, paper - ((product >> 8) + product >> 8));
    }
}
