package dev.touchstone.metrics.image.bmp;

import dev.touchstone.metrics.image.ByteReader;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SizeCheck;
import dev.touchstone.metrics.image.SourceImage;
import dev.touchstone.metrics.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * A BMP file: 1, 4 and 8 bits with a palette, plain or run-length coded; 16, 24 and 32 bits, plain or with masks of at most 8
 * bits. Channels of fewer bits are spread over [0, 255], rounded down; alpha is dropped.
 */
public final class BmpFile {

    private static final int RUNS_OF_8 = 1;
    private static final int RUNS_OF_4 = 2;
    private static final int MASKS = 3;

    private final ByteReader in;
    private final int header;
    private final int width;
    private final int height;
    private final boolean topDown;
    private final int bits;
    private final int compression;
    private final long pixels;

    private BmpFile(byte[] bytes) throws IOException {
        in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
        pixels = in.thirtyTwo(10);
        header = (int) in.thirtyTwo(14);
        boolean old = header == 12;
        if (!old && (header < 40 || header > 256)) {
            throw new UnsupportedImageException("a BMP with a header of " + header + " bytes");
        }
        width = old ? in.sixteen(18) : (int) in.thirtyTwo(18);
        int rows = old ? in.sixteen(20) : (int) in.thirtyTwo(22);
        topDown = rows < 0;
        height = Math.abs(rows);
        bits = in.sixteen(old ? 24 : 28);
        compression = old ? 0 : (int) in.thirtyTwo(30);
    }

    /**
     * Decodes the file.
     *
     * @throws UnsupportedImageException if it holds a JPEG or PNG, or bits that are not as above
     * @throws IOException if it ends early or is damaged
     */
    public static SourceImage decode(byte[] bytes, SizeCheck check) throws IOException {
        BmpFile file = new BmpFile(bytes);
        check.check(file.width, file.height);
        return file.decode();
    }

    private SourceImage decode() throws IOException {
        if (compression == 4 || compression == 5) {
            throw new UnsupportedImageException("a BMP that holds a " + (compression == 4 ? "JPEG" : "PNG"));
        }
        boolean runs = compression == RUNS_OF_8 && bits == 8 || compression == RUNS_OF_4 && bits == 4;
        boolean known =
                compression == 0 && (bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32)
                        || runs
                        || compression == MASKS && (bits == 16 || bits == 32);
        if (!known) {
            throw new UnsupportedImageException("a BMP of " + bits + " bits with compression " + compression);
        }
        byte[] rgb = new byte[Math.multiplyExact(width * height, 3)];
        if (bits > 8) {
            colours(rgb);
        } else {
            byte[] indices = runs ? BmpRuns.decode(in, pixels, width, height, bits) : indices();
            paint(indices, rgb);
        }
        RgbImage image = new RgbImage(width, height, rgb);
        long alpha = compression == MASKS && bits == 32 && header >= 56 ? in.thirtyTwo(66) : 0;
        if (bits <= 8) {
            return isGreyRamp() ? SourceImage.opaque(image) : SourceImage.indexed(image);
        }
        return alpha == 0 ? SourceImage.opaque(image) : SourceImage.transparent(image, alphas(alpha));
    }

    /** Stored row, counted from the first in the file, of a row of the picture. */
    private int stored(int y) {
        return topDown ? y : height - 1 - y;
    }

    private byte[] indices() throws IOException {
        long stride = ((long) width * bits + 31) / 32 * 4;
        byte[] indices = new byte[width * height];
        for (int row = 0; row < height; row++) {
            int from = in.range(pixels + row * stride, ((long) width * bits + 7) / 8);
            for (int x = 0; x < width; x++) {
                int bit = x * bits;
                indices[row * width + x] =
                        (byte) (in.eight(from + (bit >> 3)) >> (8 - bits - (bit & 7)) & (1 << bits) - 1);
            }
        }
        return indices;
    }

    private void paint(byte[] indices, byte[] rgb) throws IOException {
        int entryBytes = header == 12 ? 3 : 4;
        long entries = entries();
        long palette = 14L + header;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int index = indices[stored(y) * width + x] & 0xff;
                if (index >= entries) {
                    throw new IOException("entry " + index + " of a palette of " + entries);
                }
                long entry = palette + (long) index * entryBytes;
                int out = (y * width + x) * 3;
                rgb[out] = (byte) in.eight(entry + 2);
                rgb[out + 1] = (byte) in.eight(entry + 1);
                rgb[out + 2] = (byte) in.eight(entry);
            }
        }
    }

    /** Whether the palette's entries are the grey levels of their numbers; of two colours, both are levels of their own. */
    private boolean isGreyRamp() throws IOException {
        int entryBytes = header == 12 ? 3 : 4;
        long entries = entries();
        for (int i = 0; i < entries; i++) {
            for (int channel = 0; channel < 3; channel++) {
                if (in.eight(14L + header + (long) i * entryBytes + channel) != i) {
                    return false;
                }
            }
        }
        return entries > 2;
    }

    private byte[] alphas(long mask) throws IOException {
        byte[] alphas = new byte[width * height];
        int shift = Long.numberOfTrailingZeros(mask);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                long value = in.thirtyTwo(pixels + ((long) stored(y) * width + x) * 4);
                alphas[y * width + x] = (byte) (((value & mask) >> shift) * 255 / (mask >> shift));
            }
        }
        return alphas;
    }

    private long entries() throws IOException {
        long said = header == 12 ? 0 : in.thirtyTwo(46);
        return said == 0 ? 1 << bits : said;
    }

    private void colours(byte[] rgb) throws IOException {
        long[] masks = masks();
        int pixelBytes = bits / 8;
        long stride = ((long) width * bits + 31) / 32 * 4;
        for (int y = 0; y < height; y++) {
            int from = in.range(pixels + stored(y) * stride, (long) width * pixelBytes);
            for (int x = 0; x < width; x++) {
                int out = (y * width + x) * 3;
                int at = from + x * pixelBytes;
                if (bits == 24) {
                    rgb[out] = (byte) in.eight(at + 2);
                    rgb[out + 1] = (byte) in.eight(at + 1);
                    rgb[out + 2] = (byte) in.eight(at);
                    continue;
                }
                long value = bits == 16 ? in.sixteen(at) : in.thirtyTwo(at);
                for (int channel = 0; channel < 3; channel++) {
                    int shift = Long.numberOfTrailingZeros(masks[channel]);
                    rgb[out + channel] = (byte) (((value & masks[channel]) >> shift) * 255 / (masks[channel] >> shift));
                }
            }
        }
    }

    private long[] masks() throws IOException {
        if (compression != MASKS) {
            return bits == 16 ? new long[] {0x7c00, 0x3e0, 0x1f} : new long[] {0xff0000, 0xff00, 0xff};
        }
        long[] masks = {in.thirtyTwo(54), in.thirtyTwo(58), in.thirtyTwo(62)};
        for (long mask : masks) {
            if (mask == 0 || Long.bitCount(mask) > 8 || Long.bitCount(mask / Long.lowestOneBit(mask) + 1) != 1) {
                throw new UnsupportedImageException("a BMP with a colour mask of " + Long.toHexString(mask));
            }
        }
        return masks;
    }
}
