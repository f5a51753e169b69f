package dev.touchstone.metrics.image.tiff;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks strips and tiles. */
final class TiffCompression {

    static final int NONE = 1;
    static final int LZW = 5;
    static final int JPEG = 7;
    static final int DEFLATE = 8;
    static final int OLD_DEFLATE = 32946;
    static final int PACK_BITS = 32773;

    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int LONGEST_BITS = 12;

    private TiffCompression() {}

    static boolean isKnown(int compression) {
        return switch (compression) {
            case NONE, LZW, JPEG, DEFLATE, OLD_DEFLATE, PACK_BITS -> true;
            default -> false;
        };
    }

    /**
     * Unpacks so many bytes; more are not read.
     *
     * @throws IOException if there are fewer, or they are damaged
     */
    static byte[] unpack(int compression, byte[] in, int from, int length, int count) throws IOException {
        byte[] out = new byte[count];
        int written = switch (compression) {
            case NONE -> copy(in, from, length, out);
            case PACK_BITS -> packBits(in, from, length, out);
            case LZW -> lzw(in, from, length, out);
            case DEFLATE, OLD_DEFLATE -> inflate(in, from, length, out);
            default -> throw new IllegalArgumentException("compression " + compression);
        };
        if (written < count) {
            throw new IOException("the end of a strip after " + written + " of " + count + " bytes");
        }
        return out;
    }

    private static int copy(byte[] in, int from, int length, byte[] out) {
        int count = Math.min(length, out.length);
        System.arraycopy(in, from, out, 0, count);
        return count;
    }

    private static int inflate(byte[] in, int from, int length, byte[] out) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in, from, length);
            int written = 0;
            while (written < out.length) {
                int count = inflater.inflate(out, written, out.length - written);
                if (count == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                written += count;
            }
            return written;
        } catch (DataFormatException e) {
            throw new IOException("compressed data that are damaged: " + e.getMessage(), e);
        } finally {
            inflater.end();
        }
    }

    private static int packBits(byte[] in, int from, int length, byte[] out) {
        int at = from;
        int end = from + length;
        int written = 0;
        while (written < out.length && at < end) {
            int count = in[at++];
            if (count >= 0) {
                int bytes = Math.min(count + 1, Math.min(end - at, out.length - written));
                System.arraycopy(in, at, out, written, bytes);
                at += count + 1;
                written += bytes;
            } else if (count != -128 && at < end) {
                for (int i = 0; i < 1 - count && written < out.length; i++) {
                    out[written++] = in[at];
                }
                at++;
            }
        }
        return written;
    }

    /** TIFF's variant: high bits first, and codes grow by a bit one code early. */
    private static int lzw(byte[] in, int from, int length, byte[] out) throws IOException {
        int[] start = new int[1 << LONGEST_BITS];
        int[] size = new int[1 << LONGEST_BITS];
        int next = END + 1;
        int bits = 9;
        int previousStart = -1;
        int previousSize = 0;
        int written = 0;
        long bit = 8L * from;
        long end = 8L * (from + (long) length);
        while (written < out.length && bit + bits <= end) {
            int code = code(in, bit, bits);
            bit += bits;
            if (code == END) {
                break;
            }
            if (code == CLEAR) {
                next = END + 1;
                bits = 9;
                previousStart = -1;
                continue;
            }
            int here = written;
            if (code < CLEAR) {
                out[written++] = (byte) code;
            } else if (code < next || code == next && previousStart >= 0) {
                int string = code < next ? start[code] : previousStart;
                int count = code < next ? size[code] : previousSize + 1;
                for (int i = 0; i < count && written < out.length; i++) {
                    out[written++] = out[string + i];
                }
            } else {
                throw new IOException("a code that does not exist yet");
            }
            if (previousStart >= 0 && next < start.length) {
                // The string before and the first byte of this one lie behind each other in what was written.
                start[next] = previousStart;
                size[next] = previousSize + 1;
                next++;
            }
            if (next + 1 >= 1 << bits && bits < LONGEST_BITS) {
                bits++;
            }
            previousStart = here;
            previousSize = written - here;
        }
        return written;
    }

    private static int code(byte[] in, long bit, int bits) {
        int at = (int) (bit >> 3);
        int three = (in[at] & 0xff) << 16
                | (at + 1 < in.length ? in[at + 1] & 0xff : 0) << 8
                | (at + 2 < in.length ? in[at + 2] & 0xff : 0);
        return three >> (24 - bits - (int) (bit & 7)) & (1 << bits) - 1;
    }
}
