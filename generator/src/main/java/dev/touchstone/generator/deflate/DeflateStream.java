package dev.touchstone.generator.deflate;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a deflated stream (RFC 1951), with zlib's header or without. On photographs, which are mostly literals, twice as
 * fast as the JDK's inflater: up to three literals come of one look-up. A broken stream is an
 * {@link IOException}, one that is cut off an {@link java.io.EOFException}. Check sums are left to whoever knows the container.
 * Not thread-safe.
 */
public final class DeflateStream extends InputStream {

    /** What surrounds the deflated blocks. */
    public enum Wrapping {
        /** Nothing, as in zip archives. */
        RAW,
        /** zlib's two bytes before them, as in PNG. */
        ZLIB
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final int HISTORY = 1 << 15;
    private static final int FRESH = 1 << 16;

    /** More than one round of the decoder writes: twelve literals and a match of 258 bytes, eight at a time. */
    private static final int SLACK = 320;

    private static final String NO_CODE = "a code that stands for nothing";

    private enum State {
        HEADER,
        STORED,
        CODES,
        FINISHED
    }

    private final BitInput input;
    private final CodeTable lengths = CodeTable.lengths();
    private final CodeTable literals = CodeTable.literals();
    private final CodeTable distances = CodeTable.distances();
    private final byte[] codeLengths = new byte[320];
    private final byte[] window = new byte[HISTORY + FRESH + SLACK];
    private int given = HISTORY;
    private int end = HISTORY;
    private int oldest = HISTORY;
    private State state = State.HEADER;
    private boolean lastBlock;
    private int stored;

    /** @throws IOException if there is no such header */
    public DeflateStream(InputStream source, Wrapping wrapping) throws IOException {
        input = new BitInput(source);
        if (wrapping == Wrapping.ZLIB) {
            input.feed();
            int header = input.take(8) << 8 | input.take(8);
            if ((header >>> 8 & 15) != 8 || header % 31 != 0 || (header & 0x20) != 0) {
                throw new IOException("no zlib header");
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (given == end && !fill()) {
            return -1;
        }
        int count = Math.min(length, end - given);
        System.arraycopy(window, given, to, start, count);
        given += count;
        return count;
    }

    /** Makes more bytes; false at the end. */
    private boolean fill() throws IOException {
        if (end >= HISTORY + FRESH) {
            System.arraycopy(window, end - HISTORY, window, 0, HISTORY);
            oldest = Math.max(0, oldest - (end - HISTORY));
            end = HISTORY;
            given = HISTORY;
        }
        while (end == given && state != State.FINISHED) {
            input.feed();
            try {
                switch (state) {
                    case HEADER -> header();
                    case STORED -> copyStored();
                    default -> decode();
                }
            } finally {
                // What the zeros behind the end look like is no matter.
                input.requireTakenInside();
            }
        }
        return end > given;
    }

    private void header() throws IOException {
        if (lastBlock) {
            state = State.FINISHED;
            return;
        }
        lastBlock = input.take(1) == 1;
        switch (input.take(2)) {
            case 0 -> {
                input.align();
                stored = input.take(16);
                if (stored != (input.take(16) ^ 0xffff)) {
                    throw new IOException("a stored block whose two lengths differ");
                }
                input.align();
                state = State.STORED;
            }
            case 1 -> {
                Arrays.fill(codeLengths, 0, 144, (byte) 8);
                Arrays.fill(codeLengths, 144, 256, (byte) 9);
                Arrays.fill(codeLengths, 256, 280, (byte) 7);
                Arrays.fill(codeLengths, 280, 288, (byte) 8);
                literals.fill(codeLengths, 0, 288);
                Arrays.fill(codeLengths, 0, 32, (byte) 5);
                distances.fill(codeLengths, 0, 32);
                state = State.CODES;
            }
            case 2 -> {
                readCodes();
                state = State.CODES;
            }
            default -> throw new IOException("a block of an unknown kind");
        }
    }

    private void readCodes() throws IOException {
        int literalCount = 257 + input.take(5);
        int distanceCount = 1 + input.take(5);
        int lengthCount = 4 + input.take(4);
        if (literalCount > 286 || distanceCount > 30) {
            throw new IOException(
                    "codes for " + literalCount + " literals and lengths and " + distanceCount + " distances");
        }
        Arrays.fill(codeLengths, 0, LENGTH_ORDER.length, (byte) 0);
        for (int i = 0; i < lengthCount; i++) {
            codeLengths[LENGTH_ORDER[i]] = (byte) input.take(3);
        }
        lengths.fill(codeLengths, 0, LENGTH_ORDER.length);
        int count = literalCount + distanceCount;
        for (int i = 0; i < count; ) {
            input.refill();
            int entry = lengths.entries()[(int) input.hold & lengths.mask()];
            if (entry >>> 6 == CodeTable.UNUSED) {
                throw new IOException(NO_CODE);
            }
            input.take(entry & 15);
            int symbol = entry >>> 16;
            int times = 1;
            byte length = (byte) symbol;
            if (symbol >= 16) {
                times = symbol == 16 ? 3 + input.take(2) : symbol == 17 ? 3 + input.take(3) : 11 + input.take(7);
                if ((symbol == 16 && i == 0) || i + times > count) {
                    throw new IOException("a repeated length without a first one, or too many");
                }
                length = symbol == 16 ? codeLengths[i - 1] : 0;
            }
            Arrays.fill(codeLengths, i, i + times, length);
            i += times;
        }
        if (codeLengths[256] == 0) {
            throw new IOException("a block without an end");
        }
        distances.fill(codeLengths, literalCount, distanceCount);
        literals.fill(codeLengths, 0, literalCount);
    }

    private void copyStored() throws IOException {
        int count = input.read(window, end, Math.min(stored, HISTORY + FRESH - end));
        end += count;
        stored -= count;
        if (stored == 0) {
            state = State.HEADER;
        }
    }

    /** Until the window is full, the input must be fed or the block ends. */
    private void decode() throws IOException {
        int[] table = literals.entries();
        int[] distanceTable = distances.entries();
        int mask = literals.mask();
        int distanceMask = distances.mask();
        byte[] in = input.bytes;
        byte[] out = window;
        long hold = input.hold;
        int bits = input.bits;
        int next = input.next;
        int end = this.end;
        int safe = input.safe();
        String problem = "";
        while (next <= safe && end < HISTORY + FRESH) {
            hold |= (long) LONGS.get(in, next) << bits;
            next += (63 - bits) >>> 3;
            bits |= 56;
            int entry = table[(int) hold & mask];
            // An index has at most 11 bits, and 56 are there.
            if ((entry & 0x30) != 0) {
                INTS.set(out, end, entry >>> 8);
                end += entry >>> 4 & 3;
                hold >>>= entry & 15;
                bits -= entry & 15;
                entry = table[(int) hold & mask];
                if ((entry & 0x30) != 0) {
                    INTS.set(out, end, entry >>> 8);
                    end += entry >>> 4 & 3;
                    hold >>>= entry & 15;
                    bits -= entry & 15;
                    entry = table[(int) hold & mask];
                    if ((entry & 0x30) != 0) {
                        INTS.set(out, end, entry >>> 8);
                        end += entry >>> 4 & 3;
                        hold >>>= entry & 15;
                        bits -= entry & 15;
                        entry = table[(int) hold & mask];
                        if ((entry & 0x30) != 0) {
                            INTS.set(out, end, entry >>> 8);
                            end += entry >>> 4 & 3;
                            hold >>>= entry & 15;
                            bits -= entry & 15;
                            continue;
                        }
                    }
                }
                hold |= (long) LONGS.get(in, next) << bits;
                next += (63 - bits) >>> 3;
                bits |= 56;
            }
            if ((entry >>> 6 & 3) == CodeTable.MORE) {
                entry = table[
                        (entry >>> 16) + ((int) (hold >>> CodeTable.LITERAL_BITS) & ((1 << (entry >>> 8 & 15)) - 1))];
            }
            hold >>>= entry & 15;
            bits -= entry & 15;
            if ((entry & 0x30) != 0) {
                out[end++] = (byte) (entry >>> 8);
                continue;
            }
            int kind = entry >>> 6 & 3;
            if (kind != CodeTable.LENGTH) {
                problem = kind == CodeTable.UNUSED ? NO_CODE : "";
                state = State.HEADER;
                break;
            }
            int extra = entry >>> 8 & 15;
            int length = (entry >>> 16) + ((int) hold & ((1 << extra) - 1));
            hold >>>= extra;
            bits -= extra;
            int far = distanceTable[(int) hold & distanceMask];
            if ((far >>> 6 & 3) == CodeTable.MORE) {
                far = distanceTable[
                        (far >>> 16) + ((int) (hold >>> CodeTable.DISTANCE_BITS) & ((1 << (far >>> 8 & 15)) - 1))];
            }
            if ((far >>> 6 & 3) == CodeTable.UNUSED) {
                problem = NO_CODE;
                break;
            }
            hold >>>= far & 15;
            bits -= far & 15;
            extra = far >>> 8 & 15;
            int distance = (far >>> 16) + ((int) hold & ((1 << extra) - 1));
            hold >>>= extra;
            bits -= extra;
            if (distance > end - oldest) {
                problem = "a copy from before the first byte";
                break;
            }
            copy(out, end, distance, length);
            end += length;
        }
        input.hold = hold;
        input.bits = bits;
        input.next = next;
        this.end = end;
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }

    /** Copies what lies {@code distance} back; up to seven bytes behind it are overwritten. */
    private static void copy(byte[] out, int to, int distance, int length) {
        if (distance >= 8) {
            for (int i = 0; i < length; i += 8) {
                LONGS.set(out, to + i, (long) LONGS.get(out, to - distance + i));
            }
        } else {
            for (int i = to; i < to + length; i++) {
                out[i] = out[i - distance];
            }
        }
    }
}
