package dev.touchstone.metrics.image.tiff;

import dev.touchstone.metrics.image.UnsupportedImageException;
import java.io.IOException;
import java.util.Arrays;

/**
 * How samples lie in a file, checked to be a kind that is converted.
 *
 * @param samples per pixel
 * @param bits of every sample: 1, 2, 4, 8 or 16
 * @param extra meaning of the first sample beyond the colours: -1 none, 0 unknown, 1 premultiplied alpha, 2 alpha
 * @param separate whether each sample has a plane of its own
 */
record TiffLayout(
        int width,
        int height,
        TiffColours colours,
        int samples,
        int bits,
        int extra,
        boolean separate,
        int compression,
        int predictor) {

    static TiffLayout of(TiffDirectory tags) throws IOException {
        TiffColours colours = TiffColours.of(tags.small(TiffDirectory.PHOTOMETRIC, -1));
        int samples = tags.small(TiffDirectory.SAMPLES, 1);
        long[] allBits = tags.has(TiffDirectory.BITS) ? tags.all(TiffDirectory.BITS) : new long[] {1};
        int bits = (int) allBits[0];
        int compression = tags.small(TiffDirectory.COMPRESSION, 1);
        int predictor = tags.small(TiffDirectory.PREDICTOR, 1);
        requireKnown(compression);
        if (Arrays.stream(allBits).anyMatch(b -> b != bits)) {
            throw new UnsupportedImageException("a TIFF with channels of unequal bits");
        }
        if (Arrays.stream(tags.all(TiffDirectory.SAMPLE_FORMAT)).anyMatch(f -> f != 1)) {
            throw new UnsupportedImageException("a TIFF of signed or floating-point samples");
        }
        boolean fewBits = bits == 1 || bits == 2 || bits == 4;
        if (bits != 8 && bits != 16 && !(fewBits && samples == 1) || bits == 16 && colours == TiffColours.PALETTE) {
            throw new UnsupportedImageException("a " + colours.text + " TIFF of " + bits + " bits per sample");
        }
        int beyond = samples - colours.channels;
        if (beyond < 0 || beyond > 3) {
            throw new UnsupportedImageException("a " + colours.text + " TIFF of " + samples + " samples per pixel");
        }
        if (predictor != 1 && (predictor != 2 || bits < 8)) {
            throw new UnsupportedImageException("a TIFF with predictor " + predictor + " on " + bits + " bits");
        }
        boolean jpeg = compression == TiffCompression.JPEG;
        if (colours == TiffColours.YCC && !jpeg || jpeg && (bits != 8 || beyond > 0)) {
            throw new UnsupportedImageException(
                    jpeg ? "a TIFF with a JPEG of more than colours" : "a YCbCr TIFF without JPEG");
        }
        if (tags.first(TiffDirectory.FILL_ORDER, 1) != 1 && compression != 1) {
            throw new UnsupportedImageException("a compressed TIFF with its low bits first");
        }
        // A fourth channel that nothing is said about is alpha, as Pillow takes it.
        int extra = beyond == 0 ? -1 : (int) tags.first(TiffDirectory.EXTRA_SAMPLES, 2);
        return new TiffLayout(
                tags.small(TiffDirectory.WIDTH, 0),
                tags.small(TiffDirectory.HEIGHT, 0),
                colours,
                samples,
                bits,
                extra,
                tags.first(TiffDirectory.PLANAR, 1) == 2 && samples > 1,
                compression,
                predictor);
    }

    private static void requireKnown(int compression) throws UnsupportedImageException {
        if (!TiffCompression.isKnown(compression)) {
            String name = switch (compression) {
                case 2, 3, 4 -> "fax";
                case 6 -> "old-style JPEG";
                case 34712 -> "JPEG 2000";
                case 34887 -> "LERC";
                case 34925 -> "LZMA";
                case 50000 -> "Zstandard";
                case 50001 -> "WebP";
                default -> "unknown";
            };
            throw new UnsupportedImageException("a TIFF with " + name + " compression (" + compression + ")");
        }
    }

    /** Samples of a pixel that lie together. */
    int together() {
        return separate ? 1 : samples;
    }

    /** Bytes of a row of so many pixels, of the samples that lie together. */
    int rowBytes(int pixels) {
        return Math.toIntExact(((long) pixels * together() * bits + 7) / 8);
    }
}
