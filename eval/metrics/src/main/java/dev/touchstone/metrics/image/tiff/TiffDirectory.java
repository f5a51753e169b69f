package dev.touchstone.metrics.image.tiff;

import dev.touchstone.metrics.image.ByteReader;
import dev.touchstone.metrics.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The first directory of a TIFF file: whole numbers by tag (TIFF 6.0, section 2). */
final class TiffDirectory {

    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTES = 279;
    static final int PLANAR = 284;
    static final int PREDICTOR = 317;
    static final int COLOUR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTES = 325;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;

    private final ByteReader in;
    private final Map<Integer, long[]> values = new HashMap<>();

    TiffDirectory(byte[] bytes) throws IOException {
        in = new ByteReader(bytes, bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (in.sixteen(2) == 43) {
            throw new UnsupportedImageException("a BigTIFF");
        }
        long at = in.thirtyTwo(4);
        int entries = in.sixteen(at);
        for (int i = 0; i < entries; i++) {
            entry(at + 2 + 12L * i);
        }
    }

    private void entry(long at) throws IOException {
        int type = in.sixteen(at + 2);
        long count = in.thirtyTwo(at + 4);
        int size = type == 1 || type == 7 ? 1 : type == 3 ? 2 : type == 4 ? 4 : 0;
        // Texts, fractions and nested directories say nothing about pixels.
        if (size == 0 || count == 0 || count > in.length()) {
            return;
        }
        long from = count * size <= 4 ? at + 8 : in.thirtyTwo(at + 8);
        if (from + count * size > in.length() && size == 1) {
            return;
        }
        long[] numbers = new long[(int) count];
        for (int i = 0; i < count; i++) {
            long place = from + (long) i * size;
            numbers[i] = size == 1 ? in.eight(place) : size == 2 ? in.sixteen(place) : in.thirtyTwo(place);
        }
        values.putIfAbsent(in.sixteen(at), numbers);
    }

    ByteReader in() {
        return in;
    }

    boolean has(int tag) {
        return values.containsKey(tag);
    }

    /** All numbers of a tag; none where it is absent. */
    long[] all(int tag) {
        long[] numbers = values.get(tag);
        return numbers == null ? new long[0] : Arrays.copyOf(numbers, numbers.length);
    }

    /** The first number of a tag, or what stands for an absent one. */
    long first(int tag, long absent) {
        long[] numbers = values.get(tag);
        return numbers == null ? absent : numbers[0];
    }

    /**
     * As {@link #first}, for a number that must be small.
     *
     * @throws IOException if it is not in [0, 2^31)
     */
    int small(int tag, long absent) throws IOException {
        long value = first(tag, absent);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IOException("tag " + tag + " of " + value);
        }
        return (int) value;
    }
}
