package dev.touchstone.metrics.image;

import java.io.IOException;
import java.nio.ByteOrder;

/** Numbers at places of a file; a place behind its end is an {@link IOException} that says that the file ends early. */
public final class ByteReader {

    private final byte[] bytes;
    private final ByteOrder order;

    public ByteReader(byte[] bytes, ByteOrder order) {
        this.bytes = bytes;
        this.order = order;
    }

    /** Length of the file in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The order of bytes in numbers. */
    public ByteOrder order() {
        return order;
    }

    /** The file itself; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** A number of 8 bits, unsigned. */
    public int eight(long at) throws IOException {
        if (at < 0 || at >= bytes.length) {
            throw new IOException("the end of the file after " + bytes.length + " bytes");
        }
        return bytes[(int) at] & 0xff;
    }

    /** A number of 16 bits, unsigned. */
    public int sixteen(long at) throws IOException {
        int first = eight(at);
        int second = eight(at + 1);
        return order == ByteOrder.LITTLE_ENDIAN ? second << 8 | first : first << 8 | second;
    }

    /** A number of 32 bits, unsigned. */
    public long thirtyTwo(long at) throws IOException {
        long first = sixteen(at);
        long second = sixteen(at + 2);
        return order == ByteOrder.LITTLE_ENDIAN ? second << 16 | first : first << 16 | second;
    }

    /** Where {@code count} bytes begin, as an array index. */
    public int range(long at, long count) throws IOException {
        if (at < 0 || count < 0 || at + count > bytes.length) {
            throw new IOException("the end of the file after " + bytes.length + " bytes");
        }
        return (int) at;
    }
}
