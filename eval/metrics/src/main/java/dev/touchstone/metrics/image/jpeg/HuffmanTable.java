package dev.touchstone.metrics.image.jpeg;

import java.io.IOException;

/** A Huffman table of a JPEG file (ISO/IEC 10918-1, annex C and F.2.2.3). */
final class HuffmanTable {

    private static final int LOOK_AHEAD = 9;
    private static final int LONGEST = 16;

    /** By the next nine bits: length of the code shifted left by 8, and its symbol; 0 where the code is longer. */
    private final int[] quick = new int[1 << LOOK_AHEAD];

    private final byte[] symbols;
    private final int[] largestCode = new int[LONGEST + 1];
    private final int[] symbolOffset = new int[LONGEST + 1];

    /**
     * A table.
     *
     * @param counts number of codes of each length, 1 to 16
     * @throws IOException if there are more codes than bits can hold
     */
    HuffmanTable(int[] counts, byte[] symbols) throws IOException {
        this.symbols = symbols;
        int code = 0;
        int next = 0;
        for (int length = 1; length <= LONGEST; length++) {
            symbolOffset[length] = next - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, next++) {
                if (length <= LOOK_AHEAD) {
                    int first = code << (LOOK_AHEAD - length);
                    for (int k = 0; k < 1 << (LOOK_AHEAD - length) && first + k < quick.length; k++) {
                        quick[first + k] = length << 8 | symbols[next] & 0xff;
                    }
                }
            }
            if (code > 1 << length) {
                throw new IOException("a Huffman table with too many codes of " + length + " bits");
            }
            largestCode[length] = counts[length - 1] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    /**
     * The next symbol.
     *
     * @throws IOException if the bits are no code of this table
     */
    int decode(EntropyBits bits) throws IOException {
        int entry = quick[bits.peek(LOOK_AHEAD)];
        if (entry != 0) {
            bits.skip(entry >> 8);
            return entry & 0xff;
        }
        int code = bits.peek(LONGEST);
        for (int length = LOOK_AHEAD + 1; length <= LONGEST; length++) {
            int prefix = code >> (LONGEST - length);
            if (prefix <= largestCode[length]) {
                bits.skip(length);
                return symbols[prefix + symbolOffset[length]] & 0xff;
            }
        }
        bits.requireReal();
        throw new IOException("bits that are no Huffman code");
    }
}
