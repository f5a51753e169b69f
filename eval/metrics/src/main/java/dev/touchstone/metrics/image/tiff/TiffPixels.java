package dev.touchstone.metrics.image.tiff;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.io.IOException;

/** From the samples of a TIFF file to RGB. */
final class TiffPixels {

    private static final int PREMULTIPLIED = 1;

    private final TiffLayout layout;
    private final long[] colourMap;

    TiffPixels(TiffLayout layout, long[] colourMap) {
        this.layout = layout;
        this.colourMap = colourMap;
    }

    /**
     * Converts samples.
     *
     * @param samples of 8 bits, or fewer where the layout has fewer: {@code [height, width, samples]}
     * @throws IOException if the palette has too few colours
     */
    SourceImage toSource(byte[] samples) throws IOException {
        int pixels = layout.width() * layout.height();
        byte[] rgb = new byte[pixels * 3];
        int entries = 1 << layout.bits();
        if (layout.colours() == TiffColours.PALETTE && colourMap.length < 3 * entries) {
            throw new IOException("a palette of " + colourMap.length / 3 + " colours");
        }
        for (int i = 0; i < pixels; i++) {
            int at = i * layout.samples();
            int out = 3 * i;
            switch (layout.colours()) {
                case WHITE_IS_ZERO, BLACK_IS_ZERO -> {
                    byte grey = grey(samples[at] & 0xff);
                    rgb[out] = grey;
                    rgb[out + 1] = grey;
                    rgb[out + 2] = grey;
                }
                case PALETTE -> {
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[out + channel] = (byte) (colourMap[channel * entries + (samples[at] & 0xff)] >> 8);
                    }
                }
                case CMYK -> {
                    int paper = 255 - (samples[at + 3] & 0xff);
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[out + channel] = RgbImage.inked(samples[at + channel] & 0xff, paper);
                    }
                }
                case RGB, YCC -> {
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[out + channel] = layout.extra() == PREMULTIPLIED
                                ? divided(samples[at + channel] & 0xff, samples[at + 3] & 0xff)
                                : samples[at + channel];
                    }
                }
            }
        }
        RgbImage image = new RgbImage(layout.width(), layout.height(), rgb);
        return switch (layout.colours()) {
            case PALETTE -> SourceImage.indexed(image);
            case CMYK -> SourceImage.inks(image, every(samples, 4));
            default ->
                layout.bits() == 1
                        ? SourceImage.indexed(image)
                        : layout.extra() > 0
                                ? SourceImage.transparent(image, every(samples, 1))
                                : SourceImage.opaque(image);
        };
    }

    /** Of each pixel four inks, or the one sample behind its colours. */
    private byte[] every(byte[] samples, int count) {
        int first = count == 1 ? layout.colours().channels : 0;
        byte[] some = new byte[layout.width() * layout.height() * count];
        for (int i = 0; i < some.length; i++) {
            some[i] = samples[i / count * layout.samples() + first + i % count];
        }
        return some;
    }

    private byte grey(int sample) {
        int bits = Math.min(8, layout.bits());
        int grey = sample * 255 / ((1 << bits) - 1);
        return (byte) (layout.colours() == TiffColours.WHITE_IS_ZERO ? 255 - grey : grey);
    }

    private static byte divided(int premultiplied, int alpha) {
        return alpha == 0 ? 0 : (byte) Math.min(255, premultiplied * 255 / alpha);
    }
}
