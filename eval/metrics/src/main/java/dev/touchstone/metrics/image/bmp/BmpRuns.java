package dev.touchstone.metrics.image.bmp;

import dev.touchstone.metrics.image.ByteReader;
import java.io.IOException;

/** Run-length coded palette entries of a BMP file; what is skipped has entry 0 (Pillow 9.4 misreads skips). */
final class BmpRuns {

    private BmpRuns() {}

    /** Entries in the order of the file, one byte each. */
    static byte[] decode(ByteReader in, long start, int width, int height, int bits) throws IOException {
        byte[] indices = new byte[width * height];
        long at = start;
        int x = 0;
        int y = 0;
        while (y < height) {
            int count = in.eight(at++);
            int value = in.eight(at++);
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(indices, width, x++, y, bits == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                break;
            } else if (value == 2) {
                x += in.eight(at++);
                y += in.eight(at++);
            } else {
                int bytes = bits == 8 ? value : (value + 1) / 2;
                for (int i = 0; i < value; i++) {
                    int two = in.eight(at + (bits == 8 ? i : i / 2));
                    put(indices, width, x++, y, bits == 8 ? two : i % 2 == 0 ? two >> 4 : two & 15);
                }
                at += bytes + (bytes & 1);
            }
        }
        return indices;
    }

    /** Writers fill the last bytes of a row with more entries than the row has: Pillow leaves them out. */
    private static void put(byte[] indices, int width, int x, int y, int value) {
        if (x < width) {
            indices[y * width + x] = (byte) value;
        }
    }
}
