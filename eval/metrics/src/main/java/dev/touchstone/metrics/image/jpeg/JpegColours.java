package dev.touchstone.metrics.image.jpeg;

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

    boolean hasInks() {
        return this == CMYK || this == YCCK;
    }

    /** Writes a row of RGB pixels at {@code out}; rows are the components' samples in [0, 255]. */
    void convert(int[][] rows, int width, byte[] rgb, int out) {
        pixels(rows, width, rgb, out, 3);
    }

    /** Writes a row of CMYK pixels at {@code out}, 255 being all ink. */
    void inks(int[][] rows, int width, byte[] cmyk, int out) {
        pixels(rows, width, cmyk, out, 4);
        for (int x = 0, at = out; x < width; x++, at += 4) {
            if (this == CMYK) {
                // Stored the other way round; YCCK is not: it is 255 - RGB already.
                cmyk[at] = (byte) ~cmyk[at];
                cmyk[at + 1] = (byte) ~cmyk[at + 1];
                cmyk[at + 2] = (byte) ~cmyk[at + 2];
            }
            cmyk[at + 3] = (byte) ~rows[3][x];
        }
    }

    private void pixels(int[][] rows, int width, byte[] pixels, int out, int step) {
        int[] a = rows[0];
        int[] b = rows[Math.min(1, rows.length - 1)];
        int[] c = rows[Math.min(2, rows.length - 1)];
        for (int x = 0, at = out; x < width; x++, at += step) {
            if (this == YCC || this == YCCK) {
                int red = c[x] - 128;
                int blue = b[x] - 128;
                pixels[at] = clip(a[x] + (RED * red + HALF >> BITS));
                pixels[at + 1] = clip(a[x] + (-GREEN_OF_BLUE * blue + HALF - GREEN_OF_RED * red >> BITS));
                pixels[at + 2] = clip(a[x] + (BLUE * blue + HALF >> BITS));
            } else {
                pixels[at] = (byte) a[x];
                pixels[at + 1] = (byte) b[x];
                pixels[at + 2] = (byte) c[x];
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
