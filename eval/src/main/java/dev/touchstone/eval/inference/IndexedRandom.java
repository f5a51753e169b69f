package dev.touchstone.eval.inference;

import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.random.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Random numbers that are a function of (seed, index): any number can be asked for at any time, on any thread, in any order.
 * The mixing is SplitMix64's (Steele, Lea and Flood 2014, OOPSLA). Scenes are drawn one number after the other instead, from
 * the generator's {@code CounterRandom}, whose numbers are others.
 *
 * @param seed of the whole stream
 */
public record IndexedRandom(long seed) {

    /** A stream of its own for every seed and purpose; the order of the words matters. */
    public static IndexedRandom of(long seed, String... purpose) {
        StringBuilder words = new StringBuilder();
        for (String word : purpose) {
            words.append(word).append('\0');
        }
        long folded = ByteBuffer.wrap(Sha256.bytes(words.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return new IndexedRandom(SplitMix64.mix(seed) ^ folded);
    }

    /** 64 random bits. */
    public long bits(long index) {
        return SplitMix64.mix(seed + (index + 1) * SplitMix64.INCREMENT);
    }

    /** A whole number in [0, bound); the bias is below bound / 2^32. */
    public int below(int bound, long index) {
        if (bound < 1) {
            throw new IllegalArgumentException("random number: expected a bound >= 1, found " + bound);
        }
        return (int) ((bits(index) >>> 32) * bound >>> 32);
    }
}
