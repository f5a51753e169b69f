package dev.touchstone.metrics.image.jpeg;

import dev.touchstone.metrics.image.RgbImage;
import java.util.List;

/**
 * From components to RGB. Which colours they are is libjpeg's rule ({@code jdapimin.c}): three components are YCbCr, unless an Adobe
 * marker says 0 or, without JFIF and Adobe, the identifiers are R, G and B; four are CMYK, unless an Adobe marker says 2. CMYK is
 * taken as Pillow takes it: 255 means no ink, with or without an Adobe marker.
 */
enum JpegColours {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK;

    private static final int NO_MARKER = -1;
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int RED = fixed(1.40200);
    private static final int BLUE = fixed(1.77200);
    private static final int GREEN_OF_RED = fixed(0.71414);
    private static final int GREEN_OF_BLUE = fixed(0.34414);

    /** @param adobe the Adobe marker's transform, -1 where there is no such marker */
    static JpegColours of(List<JpegComponent> components, boolean jfif, int adobe) {
        if (components.size() == 1) {
            return GREY;
        }
        if (components.size() == 4) {
            return adobe == NO_MARKER || adobe == 0 ? CMYK : YCCK;
        }
        if (jfif) {
            return YCC;
        }
        if (adobe != NO_MARKER) {
            return adobe == 0 ? RGB : YCC;
        }
        boolean named = components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
        return named ? RGB : YCC;
    }

    /** Writes a row of pixels at {@code out}; rows are the components' samples in [0, 255]. */
    void convert(int[][] rows, int width, byte[] rgb, int out) {
        int[] a = rows[0];
        int[] b = rows[Math.min(1, rows.length - 1)];
        int[] c = rows[Math.min(2, rows.length - 1)];
        for (int x = 0, at = out; x < width; x++, at += 3) {
            if (this == YCC || this == YCCK) {
                int red = c[x] - 128;
                int blue = b[x] - 128;
                rgb[at] = clip(a[x] + (RED * red + HALF >> BITS));
                rgb[at + 1] = clip(a[x] + (-GREEN_OF_BLUE * blue + HALF - GREEN_OF_RED * red >> BITS));
                rgb[at + 2] = clip(a[x] + (BLUE * blue + HALF >> BITS));
            } else {
                rgb[at] = (byte) a[x];
                rgb[at + 1] = (byte) b[x];
                rgb[at + 2] = (byte) c[x];
            }
            if (this == CMYK || this == YCCK) {
                // YCCK turns into CMY as 255 - RGB; what was stored for K is how much of the paper is left.
                int paper = rows[3][x];
                for (int channel = at; channel < at + 3; channel++) {
                    int stored = this == YCCK ? 255 - (rgb[channel] & 0xff) : rgb[channel] & 0xff;
                    rgb[channel] = RgbImage.inked(255 - stored, paper);
                }
            }
        }
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }
}
