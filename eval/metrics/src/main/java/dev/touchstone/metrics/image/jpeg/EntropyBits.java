package dev.touchstone.metrics.image.jpeg;

import java.io.IOException;

/**
 * The entropy-coded bits of a scan. Behind the last real bit zeros are read, so that looking ahead is free; that one was used is
 * found by {@link #requireReal}.
 */
final class EntropyBits {

    private final byte[] bytes;
    private int at;
    private long buffer;
    private int available;
    private int madeUp;

    EntropyBits(byte[] bytes, int start) {
        this.bytes = bytes;
        at = start;
    }

    /** Offset of the byte that was not read yet: of a marker where the bits have ended. */
    int position() {
        return at;
    }

    /** Whole bytes that were read but not used. */
    private int unusedBytes() {
        return Math.max(0, available - madeUp) / 8;
    }

    /**
     * Steps to the marker behind the last pixel. Fewer than 8 bytes of padding before it are passed over, as libjpeg-turbo does
     * without a warning.
     *
     * @throws IOException if there is more, or no marker
     */
    void finish() throws IOException {
        int unused = unusedBytes();
        while (at + 1 < bytes.length && (bytes[at] != (byte) 0xff || bytes[at + 1] == 0)) {
            at++;
            unused++;
        }
        if (at + 1 >= bytes.length) {
            throw new IOException("the end of the file before the end marker");
        }
        if (unused >= 8) {
            throw new IOException(unused + " bytes that no pixel needs before byte " + at);
        }
    }

    private void fill() {
        while (available <= 48) {
            int next = 0;
            if (at < bytes.length && bytes[at] != (byte) 0xff) {
                next = bytes[at++] & 0xff;
            } else if (at + 1 < bytes.length && bytes[at + 1] == 0) {
                next = 0xff;
                at += 2;
            } else {
                madeUp += 8;
            }
            buffer = buffer << 8 | next;
            available += 8;
        }
    }

    /** The next bits, at most 16, without using them. */
    int peek(int count) {
        if (available < count) {
            fill();
        }
        return (int) (buffer >>> (available - count)) & (1 << count) - 1;
    }

    void skip(int count) {
        available -= count;
    }

    /** The next bits, at most 16, as an unsigned number. */
    int read(int count) {
        int value = peek(count);
        available -= count;
        return value;
    }

    /** A number of so many bits by F.2.2.1: its upper half is positive, its lower half negative. */
    int readSigned(int count) {
        if (count == 0) {
            return 0;
        }
        int value = read(count);
        return value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /** @throws IOException if bits were used that the file does not have */
    void requireReal() throws IOException {
        if (available < madeUp) {
            throw new IOException(
                    at >= bytes.length - 1
                            ? "the end of the file before the last pixel"
                            : "marker " + Integer.toHexString(bytes[at + 1] & 0xff)
                                    + " before the last pixel of its part");
        }
    }

    /**
     * Steps over a restart marker.
     *
     * @throws IOException if another one stands there
     */
    void restart(int number) throws IOException {
        int unused = unusedBytes();
        int marker = at;
        while (marker + 1 < bytes.length && bytes[marker] == (byte) 0xff && bytes[marker + 1] == (byte) 0xff) {
            marker++;
        }
        boolean there = marker + 1 < bytes.length
                && bytes[marker] == (byte) 0xff
                && (bytes[marker + 1] & 0xff) == 0xd0 + number;
        if (!there || unused > 0) {
            throw new IOException(
                    marker + 1 >= bytes.length
                            ? "the end of the file before the last pixel"
                            : "no restart marker " + number + " at byte " + at);
        }
        at = marker + 2;
        buffer = 0;
        available = 0;
        madeUp = 0;
    }
}
