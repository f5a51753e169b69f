package dev.touchstone.metrics.image.tiff;

import dev.touchstone.metrics.image.UnsupportedImageException;

/** What the samples of a TIFF file mean: its photometric interpretations that are converted. */
enum TiffColours {
    WHITE_IS_ZERO("grey", 1),
    BLACK_IS_ZERO("grey", 1),
    RGB("RGB", 3),
    PALETTE("palette", 1),
    CMYK("CMYK", 4),
    YCC("YCbCr", 3);

    final String text;
    final int channels;

    TiffColours(String text, int channels) {
        this.text = text;
        this.channels = channels;
    }

    static TiffColours of(int photometric) throws UnsupportedImageException {
        return switch (photometric) {
            case 0 -> WHITE_IS_ZERO;
            case 1 -> BLACK_IS_ZERO;
            case 2 -> RGB;
            case 3 -> PALETTE;
            case 5 -> CMYK;
            case 6 -> YCC;
            case 8, 9, 10 -> throw new UnsupportedImageException("a CIE Lab TIFF");
            case 32803 -> throw new UnsupportedImageException("a TIFF of raw camera samples");
            case 32844, 32845 -> throw new UnsupportedImageException("a LogLuv TIFF");
            case -1 -> throw new UnsupportedImageException("a TIFF that does not say what its samples are");
            default -> throw new UnsupportedImageException("a TIFF of photometric interpretation " + photometric);
        };
    }
}
