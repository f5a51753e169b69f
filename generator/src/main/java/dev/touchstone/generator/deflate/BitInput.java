package dev.touchstone.generator.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bits of a stream, first bit lowest. The decoder's loop takes the fields into local variables and puts them back; up to seven
 * bytes before {@code next} are in {@code hold}, of which {@code bits} are still to be taken.
 */
final class BitInput {

    /** More than a block's header or a round of the decoder take; as many zeros follow the end. */
    static final int MARGIN = 1024;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LENGTH = 1 << 16;

    final byte[] bytes = new byte[LENGTH + MARGIN];
    int next;
    long hold;
    int bits;
    private final InputStream source;
    private int limit;
    private boolean ended;

    BitInput(InputStream source) {
        this.source = source;
    }

    /** Moves what is left to the front and reads more behind it, so that a margin is there or the end. */
    void feed() throws IOException {
        if (ended || limit - next >= 2 * MARGIN) {
            return;
        }
        System.arraycopy(bytes, next, bytes, 0, limit - next);
        limit -= next;
        next = 0;
        while (limit < LENGTH) {
            int count = source.read(bytes, limit, LENGTH - limit);
            if (count < 0) {
                ended = true;
                Arrays.fill(bytes, limit, limit + MARGIN, (byte) 0);
                return;
            }
            limit += count;
        }
    }

    /** Where {@code next} must not be beyond for another round. */
    int safe() {
        // Bytes that were only looked at may lie behind the end.
        return ended ? limit + 7 : limit - MARGIN;
    }

    /** @throws EOFException if more was taken than there is */
    void requireTakenInside() throws EOFException {
        if (next - (bits >>> 3) > limit) {
            throw new EOFException("compressed data are cut off");
        }
    }

    /** At least 56 bits. */
    void refill() {
        hold |= (long) LONGS.get(bytes, next) << bits;
        next += (63 - bits) >>> 3;
        bits |= 56;
    }

    /** A number of at most 16 bits. */
    int take(int count) {
        if (bits < count) {
            refill();
        }
        int value = (int) hold & ((1 << count) - 1);
        hold >>>= count;
        bits -= count;
        return value;
    }

    /** To the next whole byte; bytes that were only looked at are before it again. */
    void align() {
        next -= bits >>> 3;
        hold = 0;
        bits = 0;
    }

    /** Copies whole bytes after {@link #align}. */
    int read(byte[] to, int start, int length) throws EOFException {
        int count = Math.min(length, limit - next);
        if (count <= 0 && length > 0) {
            throw new EOFException("compressed data are cut off");
        }
        System.arraycopy(bytes, next, to, start, count);
        next += count;
        return count;
    }
}
