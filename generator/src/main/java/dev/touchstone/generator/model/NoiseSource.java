package dev.touchstone.generator.model;

import dev.touchstone.metrics.file.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Starting noise: standard normal values keyed by (seed, prompt id, image index) and by nothing else, so that batches,
 * order, runtime and machine never change them.
 *
 * <p>The seed is Philox's key. Its counter is (block, image index, first 64 bits of the SHA-256 of the prompt id); a block
 * gives four values by the Box-Muller transform, computed in double with {@link StrictMath} and rounded to float.
 */
final class NoiseSource {

    private static final double UNIT = 0x1p-32;

    private final int key0;
    private final int key1;
    private final int prompt0;
    private final int prompt1;

    NoiseSource(long seed, String promptId) {
        key0 = (int) seed;
        key1 = (int) (seed >>> 32);
        ByteBuffer digest = ByteBuffer.wrap(Sha256.bytes(promptId.getBytes(StandardCharsets.UTF_8)));
        prompt0 = digest.getInt();
        prompt1 = digest.getInt();
    }

    /** The first {@code count} values of an image's noise. */
    float[] values(int imageIndex, int count) {
        float[] values = new float[count];
        int[] words = new int[4];
        for (int i = 0; i < count; i += 4) {
            words[0] = i / 4;
            words[1] = imageIndex;
            words[2] = prompt0;
            words[3] = prompt1;
            Philox.mix(words, key0, key1);
            pair(words[0], words[1], values, i);
            pair(words[2], words[3], values, i + 2);
        }
        return values;
    }

    /** Two normal values from two uniform ones; the first lies in (0, 1], so its logarithm is finite. */
    private static void pair(int first, int second, float[] values, int at) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(((first & 0xffffffffL) + 1) * UNIT));
        double angle = 2 * Math.PI * ((second & 0xffffffffL) * UNIT);
        if (at < values.length) {
            values[at] = (float) (radius * StrictMath.cos(angle));
        }
        if (at + 1 < values.length) {
            values[at + 1] = (float) (radius * StrictMath.sin(angle));
        }
    }
}
