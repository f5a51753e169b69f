package dev.touchstone.metrics.image;

import java.awt.image.Raster;

/** CMYK and YCCK samples as RGB, by Pillow's formula and without a profile. */
final class CmykRaster {

    private CmykRaster() {}

    static RgbImage toRgb(Raster raster, JpegHeader header) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[width * height * 3];
        int[] row = new int[width * 4];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                convert(row, 4 * x, header.adobeTransform(), rgb, (y * width + x) * 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static void convert(int[] row, int at, int transform, byte[] rgb, int out) {
        int c = row[at];
        int m = row[at + 1];
        int y = row[at + 2];
        int k = row[at + 3];
        if (transform == 2) {
            double luma = c;
            double blue = m - 128.0;
            double red = y - 128.0;
            c = 255 - clip(luma + 1.402 * red);
            m = 255 - clip(luma - 0.344136 * blue - 0.714136 * red);
            y = 255 - clip(luma + 1.772 * blue);
        }
        // With an Adobe marker 255 means no ink.
        int paper = transform >= 0 ? k : 255 - k;
        rgb[out] = (byte) scaled(transform >= 0 ? c : 255 - c, paper);
        rgb[out + 1] = (byte) scaled(transform >= 0 ? m : 255 - m, paper);
        rgb[out + 2] = (byte) scaled(transform >= 0 ? y : 255 - y, paper);
    }

    private static int scaled(int a, int b) {
        return Math.round(a * b / 255f);
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
