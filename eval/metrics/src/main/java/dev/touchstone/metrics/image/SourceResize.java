package dev.touchstone.metrics.image;

import dev.touchstone.metrics.image.SourceImage.Stored;

/**
 * Resizes in the mode of the file and converts to RGB then, as Pillow's {@code Image.resize} does on an image that was not converted:
 * palettes and two levels take the nearest pixel whatever the filter, colours are multiplied by their alpha for the filter and divided
 * by it afterwards, inks are filtered as inks.
 */
public final class SourceResize {

    private SourceResize() {}

    /** An RGB image of the wanted size. */
    public static RgbImage bytes(SourceImage image, ResampleFilter filter, int width, int height) {
        RgbImage rgb = image.rgb();
        if (rgb.widthPixels() == width && rgb.heightPixels() == height) {
            return rgb;
        }
        if (image.stored() instanceof Stored.Indexed) {
            return nearest(rgb, width, height);
        }
        if (image.stored() instanceof Stored.Transparent transparent) {
            return transparent(rgb, transparent.alpha(), filter, width, height);
        }
        if (image.stored() instanceof Stored.Inks inks) {
            return inks(rgb, inks.cmyk(), filter, width, height);
        }
        return PillowResize.bytes(rgb, filter, width, height);
    }

    /** Pillow's {@code ImagingScaleAffine}: the source pixel under the centre of the target's, the step added up in double. */
    private static RgbImage nearest(RgbImage image, int width, int height) {
        int[] columns = sources(image.widthPixels(), width);
        int[] rows = sources(image.heightPixels(), height);
        byte[] out = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(
                        image.rgb(), (rows[y] * image.widthPixels() + columns[x]) * 3, out, (y * width + x) * 3, 3);
            }
        }
        return new RgbImage(width, height, out);
    }

    private static int[] sources(int from, int to) {
        int[] sources = new int[to];
        double step = (double) from / to;
        double at = step * 0.5;
        for (int i = 0; i < to; i++) {
            sources[i] = Math.min(from - 1, (int) at);
            at += step;
        }
        return sources;
    }

    private static RgbImage transparent(RgbImage image, byte[] alpha, ResampleFilter filter, int width, int height) {
        byte[] multiplied = new byte[image.rgb().length];
        for (int i = 0; i < multiplied.length; i++) {
            int product = (image.rgb()[i] & 0xff) * (alpha[i / 3] & 0xff) + 128;
            multiplied[i] = (byte) ((product >> 8) + product >> 8);
        }
        RgbImage colours = PillowResize.bytes(
                new RgbImage(image.widthPixels(), image.heightPixels(), multiplied), filter, width, height);
        RgbImage alphas = PillowResize.bytes(plane(image, alpha, 1, 0), filter, width, height);
        byte[] out = colours.rgb();
        for (int i = 0; i < out.length; i++) {
            int a = alphas.rgb()[i] & 0xff;
            if (a != 0 && a != 255) {
                out[i] = (byte) Math.min(255, 255 * (out[i] & 0xff) / a);
            }
        }
        return new RgbImage(width, height, out);
    }

    private static RgbImage inks(RgbImage image, byte[] cmyk, ResampleFilter filter, int width, int height) {
        byte[] colours = new byte[image.rgb().length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = cmyk[i / 3 * 4 + i % 3];
        }
        RgbImage cmy = PillowResize.bytes(
                new RgbImage(image.widthPixels(), image.heightPixels(), colours), filter, width, height);
        RgbImage black = PillowResize.bytes(plane(image, cmyk, 4, 3), filter, width, height);
        byte[] out = cmy.rgb();
        for (int i = 0; i < out.length; i++) {
            out[i] = RgbImage.inked(out[i] & 0xff, 255 - (black.rgb()[i] & 0xff));
        }
        return new RgbImage(width, height, out);
    }

    /** One channel, three times. */
    private static RgbImage plane(RgbImage like, byte[] samples, int step, int first) {
        byte[] rgb = new byte[like.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = samples[i / 3 * step + first];
        }
        return new RgbImage(like.widthPixels(), like.heightPixels(), rgb);
    }
}
