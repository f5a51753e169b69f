package dev.touchstone.metrics.image.png;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Decodes the pixels of one PNG file, some rows at a time. */
final class PngReader {

    /** First column, first row, column step, row step of Adam7's passes. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    /** Lines are read so many bytes at a time, to stay in a core's cache. */
    private static final int BLOCK_BYTES = 1 << 16;

    private final String name;
    private final PngHeader header;
    private final PngChunks chunks;
    /** One byte a pixel where the file has alpha; else empty. */
    private final byte[] alpha;

    PngReader(String name, byte[] png, PngHeader header, PngRules.Extent extent) {
        this.name = name;
        this.header = header;
        chunks = new PngChunks(name, png, header, extent);
        boolean transparent = header.colourType() == 4 || header.colourType() == 6;
        alpha = new byte[transparent ? Math.multiplyExact(header.widthPixels(), header.heightPixels()) : 0];
    }

    SourceImage decode() {
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(header.widthPixels(), header.heightPixels()), 3)];
        Inflater inflater = new Inflater();
        try (InputStream lines = new InflaterInputStream(chunks, inflater, BLOCK_BYTES)) {
            for (int[] pass : header.interlaced() ? PASSES : ONE_PASS) {
                pass(lines, pass, rgb);
            }
        } catch (EOFException e) {
            throw chunks.problem().orElseGet(this::tooFew);
        } catch (IOException e) {
            throw chunks.problem()
                    .orElseGet(() -> new ImageFileException(
                            name, "expected compressed pixels, found damaged data: " + e.getMessage(), e));
        } finally {
            inflater.end();
        }
        chunks.finish();
        RgbImage image = new RgbImage(header.widthPixels(), header.heightPixels(), rgb);
        if (header.colourType() == 3 || header.colourType() == 0 && header.bitDepth() == 1) {
            return SourceImage.indexed(image);
        }
        return alpha.length > 0 ? SourceImage.transparent(image, alpha) : SourceImage.opaque(image);
    }

    private void pass(InputStream lines, int[] pass, byte[] rgb) throws IOException {
        int columns = count(header.widthPixels(), pass[0], pass[2]);
        int rows = count(header.heightPixels(), pass[1], pass[3]);
        if (columns == 0 || rows == 0) {
            return;
        }
        int pixelBytes = Math.max(1, header.bitsPerPixel() / 8);
        int length = 1 + Math.toIntExact(((long) columns * header.bitsPerPixel() + 7) / 8);
        int block = Math.max(1, Math.min(rows, BLOCK_BYTES / length));
        // The row above a block stays in front of it.
        byte[] buffer = new byte[Math.multiplyExact(block + 1, length)];
        for (int first = 0; first < rows; first += block) {
            int count = Math.min(block, rows - first);
            if (lines.readNBytes(buffer, length, count * length) < count * length) {
                throw tooFew();
            }
            for (int row = 1; row <= count; row++) {
                unfilter(buffer, row * length, length, pixelBytes);
                int line = (pass[1] + (first + row - 1) * pass[3]) * header.widthPixels();
                pixels(buffer, row * length + 1, columns, rgb, (line + pass[0]) * 3, pass[2] * 3);
            }
            System.arraycopy(buffer, count * length, buffer, 0, length);
        }
    }

    private static int count(int side, int first, int step) {
        return side <= first ? 0 : (side - first - 1) / step + 1;
    }

    private ImageFileException tooFew() {
        return new ImageFileException(name, "expected pixels for " + header.heightPixels() + " rows, found fewer");
    }

    /** Undoes the filter of a row; its first byte is the filter's number, the pixels follow. The row above lies before it. */
    private void unfilter(byte[] buffer, int start, int length, int step) {
        int end = start + length;
        switch (buffer[start]) {
            case 0 -> {}
            case 1 -> {
                for (int i = start + 1 + step; i < end; i++) {
                    buffer[i] += buffer[i - step];
                }
            }
            case 2 -> {
                for (int i = start + 1; i < end; i++) {
                    buffer[i] += buffer[i - length];
                }
            }
            case 3 -> {
                for (int i = start + 1; i < end; i++) {
                    int left = i > start + step ? buffer[i - step] & 0xff : 0;
                    buffer[i] += (byte) ((left + (buffer[i - length] & 0xff)) >> 1);
                }
            }
            case 4 -> paeth(buffer, start, length, step);
            default ->
                throw new ImageFileException(name, "expected a row filter in [0, 4], found " + (buffer[start] & 0xff));
        }
    }

    private static void paeth(byte[] buffer, int start, int length, int step) {
        int end = start + length;
        int head = Math.min(start + step, end - 1);
        for (int i = start + 1; i <= head; i++) {
            buffer[i] += buffer[i - length];
        }
        for (int i = start + 1 + step; i < end; i++) {
            buffer[i] += (byte)
                    nearest(buffer[i - step] & 0xff, buffer[i - length] & 0xff, buffer[i - length - step] & 0xff);
        }
    }

    /**
     * Paeth's choice of the three neighbours: the one nearest to {@code a + b - c}, the first at a tie. In a photograph no branch
     * would be foreseen, so masks choose: c, unless {@code 3 c - a - b} lies outside of a and b.
     */
    private static int nearest(int a, int b, int c) {
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        int sum = 3 * c - a - b;
        int inner = low ^ ((low ^ c) & ((sum - high) >> 31));
        return high ^ ((high ^ inner) & ((low - sum) >> 31));
    }

    private void pixels(byte[] row, int start, int columns, byte[] rgb, int target, int step) {
        int colourType = header.colourType();
        int depth = header.bitDepth();
        if (colourType == 2 && depth == 8 && step == 3) {
            System.arraycopy(row, start, rgb, target, columns * 3);
            return;
        }
        int sampleBytes = depth == 16 ? 2 : 1;
        int pixelBytes = header.samplesPerPixel() * sampleBytes;
        byte[] palette = chunks.palette();
        for (int x = 0, out = target; x < columns; x++, out += step) {
            int in = start + x * pixelBytes;
            if (alpha.length > 0) {
                alpha[out / 3] = row[in + pixelBytes - sampleBytes];
            }
            if (colourType == 2 || colourType == 6) {
                rgb[out] = row[in];
                rgb[out + 1] = row[in + sampleBytes];
                rgb[out + 2] = row[in + 2 * sampleBytes];
            } else if (colourType == 3) {
                int entry = packed(row, start, x) * 3;
                if (entry + 2 >= palette.length) {
                    throw new ImageFileException(
                            name, "expected a colour of the palette's " + palette.length / 3 + ", found " + entry / 3);
                }
                System.arraycopy(palette, entry, rgb, out, 3);
            } else {
                byte grey = depth < 8 ? (byte) (packed(row, start, x) * 255 / ((1 << depth) - 1)) : row[in];
                rgb[out] = grey;
                rgb[out + 1] = grey;
                rgb[out + 2] = grey;
            }
        }
    }

    /** A sample of at most 8 bits, several to a byte, high bits first. */
    private int packed(byte[] row, int start, int x) {
        int depth = header.bitDepth();
        int bit = x * depth;
        return (row[start + (bit >> 3)] & 0xff) >> (8 - depth - (bit & 7)) & (1 << depth) - 1;
    }
}
