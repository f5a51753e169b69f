package dev.touchstone.metrics.image.gif;

import java.io.IOException;

/** GIF's variant of LZW: codes of growing length, low bits first. */
final class GifLzw {

    private static final int LONGEST_BITS = 12;

    private GifLzw() {}

    /**
     * Unpacks so many indices; what follows them is not read.
     *
     * @throws IOException if there are fewer, or a code that does not exist yet
     */
    static byte[] decode(byte[] data, int codeBits, int count) throws IOException {
        if (codeBits < 1 || codeBits > 11) {
            throw new IOException("codes of " + codeBits + " bits");
        }
        int clear = 1 << codeBits;
        int[] prefix = new int[1 << LONGEST_BITS];
        byte[] last = new byte[1 << LONGEST_BITS];
        int[] length = new int[1 << LONGEST_BITS];
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
        byte[] out = new byte[count];
        int written = 0;
        int next = clear + 2;
        int bits = codeBits + 1;
        int previous = -1;
        long buffer = 0;
        int available = 0;
        int at = 0;
        while (written < count) {
            while (available < bits && at < data.length) {
                buffer |= (data[at++] & 0xffL) << available;
                available += 8;
            }
            if (available < bits) {
                throw new IOException("the end of the pixels after " + written + " of " + count);
            }
            int code = (int) buffer & (1 << bits) - 1;
            buffer >>>= bits;
            available -= bits;
            if (code == clear) {
                next = clear + 2;
                bits = codeBits + 1;
                previous = -1;
                continue;
            }
            if (code == clear + 1) {
                throw new IOException("the end of the pixels after " + written + " of " + count);
            }
            if (code > next || code == next && previous < 0 || code > clear && length[code] == 0 && code != next) {
                throw new IOException("a code that does not exist yet");
            }
            boolean known = code < next;
            int string = known ? code : previous;
            int size = length[string] + (known ? 0 : 1);
            int walk = string;
            byte first = 0;
            for (int k = length[string] - 1; k >= 0; k--) {
                first = last[walk];
                if (written + k < count) {
                    out[written + k] = first;
                }
                walk = prefix[walk];
            }
            if (!known && written + size - 1 < count) {
                out[written + size - 1] = first;
            }
            written += size;
            if (previous >= 0 && next < prefix.length) {
                prefix[next] = previous;
                last[next] = first;
                length[next] = length[previous] + 1;
                next++;
                if (next == 1 << bits && bits < LONGEST_BITS) {
                    bits++;
                }
            }
            previous = code;
        }
        return out;
    }
}
