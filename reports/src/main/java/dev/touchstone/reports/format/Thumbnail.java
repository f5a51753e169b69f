package dev.touchstone.reports.format;

import dev.touchstone.metrics.image.DecodeLimits;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.Orientation;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A picture small enough to travel inside a report. The longest side is reduced to {@value #SIDE_PIXELS} pixels by averaging
 * areas; smaller pictures keep their pixels. Decoded and written anew, so that nothing but pixels gets into the report.
 *
 * @param dataUri {@code data:image/png;base64,...}
 * @param widthPixels of the thumbnail
 * @param heightPixels of the thumbnail
 */
record Thumbnail(String dataUri, int widthPixels, int heightPixels) {

    /** At twice the density of a screen a card of the gallery is about this wide. */
    static final int SIDE_PIXELS = 192;

    private static final DecodeLimits LIMITS = new DecodeLimits(PngFile.MAX_PIXELS, 64L << 20);

    /** @throws dev.touchstone.metrics.image.ImageDecodeException if the file is not a picture within the limits */
    static Thumbnail of(Path file) {
        RgbImage image = new ImageDecoder(LIMITS, Orientation.AS_STORED).decode(file);
        RgbImage small = reduced(image);
        String data = Base64.getEncoder().encodeToString(PngFile.encode(small));
        return new Thumbnail("data:image/png;base64," + data, small.widthPixels(), small.heightPixels());
    }

    private static RgbImage reduced(RgbImage image) {
        int longest = Math.max(image.widthPixels(), image.heightPixels());
        if (longest <= SIDE_PIXELS) {
            return image;
        }
        int width = Math.max(1, Math.round((float) image.widthPixels() * SIDE_PIXELS / longest));
        int height = Math.max(1, Math.round((float) image.heightPixels() * SIDE_PIXELS / longest));
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            int top = (int) ((long) y * image.heightPixels() / height);
            int bottom = Math.max(top + 1, (int) ((y + 1L) * image.heightPixels() / height));
            for (int x = 0; x < width; x++) {
                int left = (int) ((long) x * image.widthPixels() / width);
                int right = Math.max(left + 1, (int) ((x + 1L) * image.widthPixels() / width));
                average(image, left, top, right, bottom, rgb, (y * width + x) * 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static void average(RgbImage image, int left, int top, int right, int bottom, byte[] rgb, int at) {
        long[] sum = new long[3];
        byte[] samples = image.rgb();
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int from = (y * image.widthPixels() + x) * 3;
                for (int channel = 0; channel < 3; channel++) {
                    sum[channel] += samples[from + channel] & 0xff;
                }
            }
        }
        long area = (long) (bottom - top) * (right - left);
        for (int channel = 0; channel < 3; channel++) {
            rgb[at + channel] = (byte) ((sum[channel] + area / 2) / area);
        }
    }
}
