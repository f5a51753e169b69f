package dev.touchstone.metrics.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** Samples of a decoded picture as 8-bit RGB. Reads the raster: the JDK's own conversion bends grey by a gamma. */
final class RasterConversion {

    private RasterConversion() {}

    static RgbImage toRgb(BufferedImage image) throws IOException {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int type = raster.getTransferType();
        // Colours of the entries, whatever their transparency.
        if (model instanceof IndexColorModel || model instanceof java.awt.image.DirectColorModel) {
            return RgbImage.of(image);
        }
        int bands = raster.getNumBands();
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT || bands > 4) {
            throw new IOException("samples that are not 8 or 16 bits in at most 4 channels");
        }
        int bits = model.getComponentSize(0);
        int width = raster.getWidth();
        int height = raster.getHeight();
        int[] row = new int[width * bands];
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int out = (y * width + x) * 3;
                for (int channel = 0; channel < 3; channel++) {
                    rgb[out + channel] = (byte) eightBits(row[x * bands + (bands < 3 ? 0 : channel)], bits);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }
}
