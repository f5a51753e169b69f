package dev.touchstone.generator.deflate;

import java.io.IOException;
import java.util.Arrays;

/**
 * Look-up table of one of Deflate's prefix codes (RFC 1951, 3.2): the next bits of the input, first bit lowest, are an index. Entries:
 *
 * <pre>
 * bits 0 to 3    bits of the input that the entry stands for
 * bits 4 and 5   number of literals, 0 to 3
 * with literals  bits 8 to 31: the literals, first lowest
 * else bits 6, 7 what it is: {@link #LENGTH}, {@link #END}, {@link #MORE} or {@link #UNUSED}
 *   LENGTH       bits 8 to 11: number of extra bits; bits 16 to 31: the length or distance without them
 *   MORE         bits 8 to 11: bits of the index into a second table; bits 16 to 31: where that begins
 * </pre>
 *
 * <p>Where two or three short codes fit in one index, its entry stands for all of them.
 */
final class CodeTable {

    static final int LENGTH = 0;
    static final int END = 1;
    static final int MORE = 2;
    static final int UNUSED = 3;

    static final int LITERAL_BITS = 11;
    static final int DISTANCE_BITS = 9;

    private static final int LONGEST = 15;

    /** Which codes may leave bits without a meaning; as zlib has it. An empty code always may. */
    private enum Gaps {
        NONE,
        /** A single symbol of one bit may. */
        ONE_BIT
    }

    /** What a symbol's entry holds, all but its number of bits. */
    private final int[] symbols;

    private final int indexBits;
    private final Gaps gaps;
    private final int[] lengthCounts = new int[LONGEST + 1];
    private final int[] nextCode = new int[LONGEST + 1];
    private int[] entries;

    private CodeTable(int[] symbols, int indexBits, Gaps gaps) {
        this.symbols = symbols;
        this.indexBits = indexBits;
        this.gaps = gaps;
        entries = new int[2 << indexBits];
    }

    /** Of literals and lengths. */
    static CodeTable literals() {
        int[] symbols = new int[288];
        for (int literal = 0; literal < 256; literal++) {
            symbols[literal] = literal << 8 | 1 << 4;
        }
        symbols[256] = END << 6;
        int base = 3;
        for (int symbol = 257; symbol < 285; symbol++) {
            int extra = symbol < 265 ? 0 : (symbol - 261) / 4;
            symbols[symbol] = base << 16 | extra << 8;
            base += 1 << extra;
        }
        symbols[285] = 258 << 16;
        symbols[286] = UNUSED << 6;
        symbols[287] = UNUSED << 6;
        return new CodeTable(symbols, LITERAL_BITS, Gaps.ONE_BIT);
    }

    /** Of distances. */
    static CodeTable distances() {
        int[] symbols = new int[32];
        int base = 1;
        for (int symbol = 0; symbol < 30; symbol++) {
            int extra = symbol < 4 ? 0 : symbol / 2 - 1;
            symbols[symbol] = base << 16 | extra << 8;
            base += 1 << extra;
        }
        symbols[30] = UNUSED << 6;
        symbols[31] = UNUSED << 6;
        return new CodeTable(symbols, DISTANCE_BITS, Gaps.ONE_BIT);
    }

    /** Of the lengths of the other two codes; its symbols stand in bits 16 to 31. */
    static CodeTable lengths() {
        int[] symbols = new int[19];
        for (int symbol = 0; symbol < symbols.length; symbol++) {
            symbols[symbol] = symbol << 16;
        }
        return new CodeTable(symbols, 7, Gaps.NONE);
    }

    int[] entries() {
        return entries;
    }

    int mask() {
        return (1 << indexBits) - 1;
    }

    /**
     * Fills the table for a code.
     *
     * @param lengths of the symbols' codes from {@code start}, 0 for a symbol that does not occur
     * @throws IOException if there can be no such code
     */
    void fill(byte[] lengths, int start, int count) throws IOException {
        Arrays.fill(lengthCounts, 0);
        for (int i = 0; i < count; i++) {
            lengthCounts[lengths[start + i]]++;
        }
        lengthCounts[0] = 0;
        int shortest = prepareCodes();
        Arrays.fill(entries, 0, 1 << indexBits, UNUSED << 6);
        int end = 1 << indexBits;
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[start + symbol];
            if (length == 0) {
                continue;
            }
            int reversed = Integer.reverse(nextCode[length]++) >>> (32 - length);
            int entry = symbols[symbol] | length;
            if (length <= indexBits) {
                for (int i = reversed; i < 1 << indexBits; i += 1 << length) {
                    entries[i] = entry;
                }
            } else {
                end = putLong(reversed, length, entry, end);
            }
        }
        if (2 * shortest <= indexBits) {
            join();
        }
    }

    /** First codes of all lengths; the shortest length that occurs. */
    private int prepareCodes() throws IOException {
        int code = 0;
        int shortest = LONGEST;
        int longest = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = (code + lengthCounts[length - 1]) << 1;
            nextCode[length] = code;
            if (code + lengthCounts[length] > 1 << length) {
                throw new IOException("more codes of " + length + " bits than there are");
            }
            if (lengthCounts[length] > 0) {
                shortest = Math.min(shortest, length);
                longest = length;
            }
        }
        boolean complete = code + lengthCounts[LONGEST] == 1 << LONGEST;
        if (!complete && longest > (gaps == Gaps.ONE_BIT ? 1 : 0)) {
            throw new IOException("bits that are no code");
        }
        return shortest;
    }

    /** A code longer than the index: into a second table, which all codes with the same first bits share. */
    private int putLong(int reversed, int length, int entry, int end) {
        int head = reversed & mask();
        int bits = LONGEST - indexBits;
        int newEnd = end;
        if ((entries[head] >>> 6 & 3) != MORE) {
            if (end + (1 << bits) > entries.length) {
                entries = Arrays.copyOf(entries, 2 * entries.length);
            }
            Arrays.fill(entries, end, end + (1 << bits), UNUSED << 6);
            entries[head] = end << 16 | bits << 8 | MORE << 6;
            newEnd = end + (1 << bits);
        }
        int second = entries[head] >>> 16;
        for (int i = reversed >>> indexBits; i < 1 << bits; i += 1 << (length - indexBits)) {
            entries[second + i] = entry;
        }
        return newEnd;
    }

    /** Literals whose codes fit in one index, from the end: what follows a code has a lower index, which is not joined yet. */
    private void join() {
        for (int i = mask(); i > 0; i--) {
            int entry = entries[i];
            if ((entry & 0x30) == 0) {
                continue;
            }
            int bits = entry & 15;
            int next = entries[i >>> bits];
            int both = bits + (next & 15);
            if ((next & 0x30) != 0 && both <= indexBits) {
                int third = entries[i >>> both];
                int all = both + (third & 15);
                entries[i] = (third & 0x30) != 0 && all <= indexBits
                        ? entry & 0xff00 | (next & 0xff00) << 8 | (third & 0xff00) << 16 | 0x30 | all
                        : entry & 0xff00 | (next & 0xff00) << 8 | 0x20 | both;
            }
        }
    }
}
