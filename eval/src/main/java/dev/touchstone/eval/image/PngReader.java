package dev.touchstone.eval.image;

import dev.touchstone.generator.image.RgbImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a PNG of any size that the decoder lets through: all colour types, bit depths and interlacing, check sums of the
 * chunks that matter verified, none of the JDK reader's colour conversions. (The generator's {@code PngFile} reads what the
 * generator writes and has limits of its own.)
 */
final class PngReader {

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    /** Inflated at a time: the inflater slows down at the end of what it may fill. */
    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteBuffer file;
    private final long width;
    private final long height;
    private final int depth;
    private final int colourType;
    private final boolean interlaced;
    private byte[] palette = new byte[0];

    PngReader(byte[] bytes) throws IOException {
        file = ByteBuffer.wrap(bytes);
        if (bytes.length < 33 || file.getInt(12) != IHDR || file.getInt(8) != 13) {
            throw new IOException("no IHDR chunk");
        }
        requireCheckSum(8, 13);
        width = file.getInt(16) & 0xffffffffL;
        height = file.getInt(20) & 0xffffffffL;
        depth = file.get(24);
        colourType = file.get(25);
        interlaced = file.get(28) == 1;
        boolean known = switch (colourType) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known || file.get(26) != 0 || file.get(27) != 0 || file.get(28) < 0 || file.get(28) > 1) {
            throw new IOException("colour type " + colourType + " with " + depth + " bits");
        }
    }

    long width() {
        return width;
    }

    long height() {
        return height;
    }

    RgbImage read() throws IOException {
        byte[] rgb = new byte[(int) (width * height * 3)];
        Inflater inflater = new Inflater();
        try {
            ChunkFeed feed = new ChunkFeed(inflater);
            if (interlaced) {
                for (int[] pass : ADAM7) {
                    readPass(feed, rgb, pass[0], pass[1], pass[2], pass[3]);
                }
            } else {
                readPass(feed, rgb, 0, 0, 1, 1);
            }
        } finally {
            inflater.end();
        }
        return new RgbImage((int) width, (int) height, rgb);
    }

    private void readPass(ChunkFeed feed, byte[] rgb, int x0, int y0, int dx, int dy) throws IOException {
        int columns = (int) ((width - x0 + dx - 1) / dx);
        int rows = (int) ((height - y0 + dy - 1) / dy);
        if (columns <= 0 || rows <= 0) {
            return;
        }
        int channels = channels();
        int pixelBytes = Math.max(1, channels * depth / 8);
        int rowBytes = Math.toIntExact(((long) columns * channels * depth + 7) / 8);
        int length = rowBytes + 1;
        int block = Math.max(1, Math.min(rows, BLOCK_BYTES / length));
        // The row above a block stays in front of it.
        byte[] buffer = new byte[Math.multiplyExact(block + 1, length)];
        for (int first = 0; first < rows; first += block) {
            int count = Math.min(block, rows - first);
            feed.fill(buffer, length, count * length);
            for (int row = 1; row <= count; row++) {
                unfilter(buffer, row * length, length, pixelBytes);
                int target = (int) (((y0 + (first + row - 1L) * dy) * width + x0) * 3);
                writeRow(buffer, row * length + 1, columns, rgb, target, dx * 3);
            }
            System.arraycopy(buffer, count * length, buffer, 0, length);
        }
    }

    private int channels() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    /** Undoes the filter of a row; its first byte is the filter's number, the pixels follow. The row above lies before it. */
    private static void unfilter(byte[] buffer, int start, int length, int step) throws IOException {
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
            case 4 -> {
                int head = Math.min(start + step, end - 1);
                for (int i = start + 1; i <= head; i++) {
                    buffer[i] += buffer[i - length];
                }
                for (int i = start + 1 + step; i < end; i++) {
                    int a = buffer[i - step] & 0xff;
                    int b = buffer[i - length] & 0xff;
                    int c = buffer[i - length - step] & 0xff;
                    int pa = Math.abs(b - c);
                    int pb = Math.abs(a - c);
                    int pc = Math.abs(a + b - 2 * c);
                    buffer[i] += (byte) (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
                }
            }
            default -> throw new IOException("filter " + buffer[start]);
        }
    }

    private void writeRow(byte[] buffer, int start, int columns, byte[] rgb, int target, int step) throws IOException {
        if (colourType == 2 && depth == 8 && step == 3) {
            System.arraycopy(buffer, start, rgb, target, columns * 3);
            return;
        }
        int channels = channels();
        int sampleBytes = depth == 16 ? 2 : 1;
        for (int x = 0, out = target; x < columns; x++, out += step) {
            if (colourType == 2 || colourType == 6) {
                int in = start + x * channels * sampleBytes;
                rgb[out] = buffer[in];
                rgb[out + 1] = buffer[in + sampleBytes];
                rgb[out + 2] = buffer[in + 2 * sampleBytes];
            } else if (colourType == 3) {
                int entry = 3 * packed(buffer, start, x);
                if (entry + 2 >= palette.length) {
                    throw new IOException("palette entry " + entry / 3 + " of " + palette.length / 3);
                }
                System.arraycopy(palette, entry, rgb, out, 3);
            } else {
                byte grey = depth >= 8
                        ? buffer[start + x * channels * sampleBytes]
                        : (byte) (packed(buffer, start, x) * (255 / ((1 << depth) - 1)));
                rgb[out] = grey;
                rgb[out + 1] = grey;
                rgb[out + 2] = grey;
            }
        }
    }

    /** A sample of at most 8 bits. */
    private int packed(byte[] buffer, int start, int x) {
        int bit = x * depth;
        return (buffer[start + (bit >> 3)] & 0xff) >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }

    private void requireCheckSum(int chunk, int length) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(file.array(), chunk + 4, length + 4);
        if ((int) sum.getValue() != file.getInt(chunk + 8 + length)) {
            throw new IOException("a wrong check sum at byte " + chunk);
        }
    }

    /** Inflates IDAT chunks one after the other. */
    private final class ChunkFeed {
        private final Inflater inflater;
        private int chunk = 33;

        ChunkFeed(Inflater inflater) {
            this.inflater = inflater;
        }

        void fill(byte[] buffer, int start, int length) throws IOException {
            int filled = 0;
            try {
                while (filled < length) {
                    int count = inflater.inflate(buffer, start + filled, length - filled);
                    filled += count;
                    if (count == 0) {
                        if (inflater.finished() || inflater.needsDictionary()) {
                            throw new IOException("fewer pixels than its header says");
                        }
                        next();
                    }
                }
            } catch (DataFormatException e) {
                throw new IOException("broken compressed data", e);
            }
        }

        private void next() throws IOException {
            while (true) {
                if (chunk + 12L > file.limit()) {
                    throw new IOException("the end of the file after " + file.limit() + " bytes");
                }
                long length = file.getInt(chunk) & 0xffffffffL;
                int type = file.getInt(chunk + 4);
                if (type == IEND) {
                    throw new IOException("fewer pixels than its header says");
                }
                if (chunk + 12 + length > file.limit()) {
                    throw new IOException("the end of the file after " + file.limit() + " bytes");
                }
                int start = chunk;
                chunk += (int) length + 12;
                if (type == PLTE) {
                    requireCheckSum(start, (int) length);
                    palette = java.util.Arrays.copyOfRange(file.array(), start + 8, start + 8 + (int) length);
                } else if (type == IDAT) {
                    requireCheckSum(start, (int) length);
                    inflater.setInput(file.array(), start + 8, (int) length);
                    return;
                }
            }
        }
    }
}
