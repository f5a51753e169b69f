package dev.touchstone.eval.inference;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Random numbers that are a function of (seed, index): any number can be asked for at any time, on any thread, in any order.
 * The mixing is SplitMix64's (Steele, Lea and Flood 2014, OOPSLA). Scenes are drawn one number after the other instead, from
 * the generator's {@code CounterRandom}, whose numbers are others.
 *
 * @param seed of the whole stream
 */
public record IndexedRandom(long seed) {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** A stream of its own for every seed and purpose; the order of the words matters. */
    public static IndexedRandom of(long seed, String... purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String word : purpose) {
                digest.update(word.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            byte[] hash = digest.digest();
            long folded = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                folded = folded << 8 | (hash[i] & 0xff);
            }
            return new IndexedRandom(mix(seed) ^ folded);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** 64 random bits. */
    public long bits(long index) {
        return mix(seed + (index + 1) * GOLDEN_GAMMA);
    }

    /** A whole number in [0, bound); the bias is below bound / 2^32. */
    public int below(int bound, long index) {
        if (bound < 1) {
            throw new IllegalArgumentException("random number: expected a bound >= 1, found " + bound);
        }
        return (int) ((bits(index) >>> 32) * bound >>> 32);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
