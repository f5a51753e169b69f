package dev.touchstone.metrics.image.gif;

import dev.touchstone.metrics.image.ByteReader;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SizeCheck;
import dev.touchstone.metrics.image.SourceImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A GIF file (87a, 89a): its first frame on its screen. Where the frame does not reach, the screen has the transparent entry of
 * the palette, or entry 0 where none is transparent. A screen that is smaller than its frame grows. Without a palette, entries are
 * grey levels. Strict: data that end early are an error.
 */
public final class GifFile {

    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;

    private final ByteReader in;
    private int at;
    private int transparent = -1;

    private GifFile(byte[] bytes) {
        in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Decodes the first frame.
     *
     * @throws IOException if there is none, or it is damaged
     */
    public static SourceImage decode(byte[] bytes, SizeCheck check) throws IOException {
        return new GifFile(bytes).decode(check);
    }

    private SourceImage decode(SizeCheck check) throws IOException {
        int width = in.sixteen(6);
        int height = in.sixteen(8);
        at = 13;
        int[] palette = greys();
        palette(in.eight(10), palette);
        while (true) {
            int block = in.eight(at++);
            if (block == IMAGE) {
                break;
            }
            if (block == TRAILER) {
                throw new IOException("no picture before the trailer");
            }
            if (block == EXTENSION) {
                extension();
            }
        }
        int left = in.sixteen(at);
        int top = in.sixteen(at + 2);
        int columns = in.sixteen(at + 4);
        int rows = in.sixteen(at + 6);
        int flags = in.eight(at + 8);
        at += 9;
        int screenWidth = Math.max(width, left + columns);
        int screenHeight = Math.max(height, top + rows);
        check.check(screenWidth, screenHeight);
        if (columns == 0 || rows == 0) {
            throw new IOException("a first frame of " + columns + " x " + rows + " pixels");
        }
        if ((flags & 0x80) != 0) {
            palette = greys();
        }
        palette(flags, palette);
        int codeBits = in.eight(at++);
        byte[] indices = GifLzw.decode(subBlocks(), codeBits, columns * rows);
        byte[] rgb = screen(screenWidth * screenHeight, palette[Math.max(0, transparent)]);
        for (int row = 0; row < rows; row++) {
            int y = top + ((flags & 0x40) == 0 ? row : interlaced(row, rows));
            for (int column = 0; column < columns; column++) {
                put(rgb, (y * screenWidth + left + column) * 3, palette[indices[row * columns + column] & 0xff]);
            }
        }
        RgbImage image = new RgbImage(screenWidth, screenHeight, rgb);
        return Arrays.equals(palette, greys()) ? SourceImage.opaque(image) : SourceImage.indexed(image);
    }

    private static int[] greys() {
        int[] greys = new int[256];
        for (int i = 0; i < 256; i++) {
            greys[i] = i * 0x010101;
        }
        return greys;
    }

    private void palette(int flags, int[] palette) throws IOException {
        if ((flags & 0x80) == 0) {
            return;
        }
        int entries = 2 << (flags & 7);
        for (int i = 0; i < entries; i++, at += 3) {
            palette[i] = in.eight(at) << 16 | in.eight(at + 1) << 8 | in.eight(at + 2);
        }
    }

    private void extension() throws IOException {
        int label = in.eight(at++);
        byte[] data = subBlocks();
        if (label == GRAPHIC_CONTROL && data.length >= 4 && (data[0] & 1) != 0) {
            transparent = data[3] & 0xff;
        }
    }

    private byte[] subBlocks() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (true) {
            int length = in.eight(at++);
            if (length == 0) {
                return data.toByteArray();
            }
            data.write(in.bytes(), in.range(at, length), length);
            at += length;
        }
    }

    private static byte[] screen(int pixels, int colour) {
        byte[] rgb = new byte[Math.multiplyExact(pixels, 3)];
        for (int i = 0; i < pixels && colour != 0; i++) {
            put(rgb, 3 * i, colour);
        }
        return rgb;
    }

    private static void put(byte[] rgb, int at, int colour) {
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
    }

    /** The line of the n-th stored row: every eighth from 0, every eighth from 4, every fourth from 2, every second from 1. */
    private static int interlaced(int stored, int rows) {
        int left = stored;
        for (int[] pass : new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
            int lines = Math.max(0, (rows - pass[0] + pass[1] - 1) / pass[1]);
            if (left < lines) {
                return pass[0] + left * pass[1];
            }
            left -= lines;
        }
        throw new IllegalStateException("row " + stored + " of " + rows);
    }
}
