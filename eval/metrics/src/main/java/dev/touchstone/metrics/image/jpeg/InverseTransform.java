package dev.touchstone.metrics.image.jpeg;

/**
 * The inverse cosine transform of an 8 x 8 block in integers: the method of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) with
 * 13 bits of constants and 2 extra bits between the passes, as {@code jidctint.c} of libjpeg-turbo 2.1 rounds it.
 */
final class InverseTransform {

    private static final int CONSTANT_BITS = 13;
    private static final int PASS_BITS = 2;

    private final int[] work = new int[64];

    /** Writes the samples of a block of coefficients that were multiplied by their table, in natural order. */
    void apply(int[] block, byte[] samples, int at, int stride) {
        for (int column = 0; column < 8; column++) {
            if ((block[column + 8]
                            | block[column + 16]
                            | block[column + 24]
                            | block[column + 32]
                            | block[column + 40]
                            | block[column + 48]
                            | block[column + 56])
                    == 0) {
                int flat = block[column] << PASS_BITS;
                for (int row = 0; row < 64; row += 8) {
                    work[row + column] = flat;
                }
            } else {
                pass(block, column, 8, work, CONSTANT_BITS - PASS_BITS);
            }
        }
        for (int row = 0; row < 8; row++) {
            pass(work, 8 * row, 1, work, CONSTANT_BITS + PASS_BITS + 3);
            int out = at + row * stride;
            for (int column = 0; column < 8; column++) {
                samples[out + column] = (byte) Math.max(0, Math.min(255, work[8 * row + column] + 128));
            }
        }
    }

    private static void pass(int[] in, int at, int step, int[] out, int shift) {
        int z1 = (in[at + 2 * step] + in[at + 6 * step]) * 4433;
        int even2 = z1 - in[at + 6 * step] * 15137;
        int even3 = z1 + in[at + 2 * step] * 6270;
        int even0 = (in[at] + in[at + 4 * step]) << CONSTANT_BITS;
        int even1 = (in[at] - in[at + 4 * step]) << CONSTANT_BITS;
        int half = 1 << (shift - 1);
        int a = even0 + even3 + half;
        int d = even0 - even3 + half;
        int b = even1 + even2 + half;
        int c = even1 - even2 + half;

        int in1 = in[at + step];
        int in3 = in[at + 3 * step];
        int in5 = in[at + 5 * step];
        int in7 = in[at + 7 * step];
        int z5 = (in7 + in3 + in5 + in1) * 9633;
        int z3 = z5 - (in7 + in3) * 16069;
        int z4 = z5 - (in5 + in1) * 3196;
        z1 = -(in7 + in1) * 7373;
        int z2 = -(in5 + in3) * 20995;
        int odd0 = in7 * 2446 + z1 + z3;
        int odd1 = in5 * 16819 + z2 + z4;
        int odd2 = in3 * 25172 + z2 + z3;
        int odd3 = in1 * 12299 + z1 + z4;

        out[at] = a + odd3 >> shift;
        out[at + 7 * step] = a - odd3 >> shift;
        out[at + step] = b + odd2 >> shift;
        out[at + 6 * step] = b - odd2 >> shift;
        out[at + 2 * step] = c + odd1 >> shift;
        out[at + 5 * step] = c - odd1 >> shift;
        out[at + 3 * step] = d + odd0 >> shift;
        out[at + 4 * step] = d - odd0 >> shift;
    }
}
