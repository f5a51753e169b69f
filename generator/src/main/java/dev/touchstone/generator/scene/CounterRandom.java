package dev.touchstone.generator.scene;

import dev.touchstone.metrics.random.SplitMix64;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A random stream that is named instead of carried around: the same (seed, purpose, index) always gives the same
 * numbers, on every machine, whatever was drawn elsewhere. SplitMix64 (Steele, Lea and Flood, 2014) over a counter.
 * Not thread-safe; one stream per item is the idea.
 */
public final class CounterRandom {

    private static final double UNIT = 0x1.0p-53;

    private long state;

    /**
     * @param seed what a person chose
     * @param purpose what the numbers are for; different purposes give unrelated streams
     * @param index which item of that purpose
     */
    public CounterRandom(long seed, String purpose, long index) {
        state = SplitMix64.mix(SplitMix64.mix(SplitMix64.mix(seed) ^ hash(purpose)) + SplitMix64.INCREMENT * index);
    }

    /** The next 64 random bits. */
    public long nextLong() {
        state += SplitMix64.INCREMENT;
        return SplitMix64.mix(state);
    }

    /**
     * A whole number in [0, bound).
     *
     * @throws IllegalArgumentException if the bound is below 1
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("random number: expected a bound of 1 or more, found " + bound);
        }
        // Multiply and shift: the bias is below 2^-32 for every int bound.
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /** A number in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** A standard normal number (Box and Muller's cosine half; strict mathematics, so equal everywhere). */
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - nextDouble()));
        return radius * StrictMath.cos(2.0 * StrictMath.PI * nextDouble());
    }

    /** True with the given probability in [0, 1]. */
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /**
     * One element, each equally likely.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public <T> T pick(List<T> choices) {
        return choices.get(nextInt(choices.size()));
    }

    /** A hash of a text that never changes between versions: 64-bit FNV-1a over UTF-8, finished by SplitMix64. */
    static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (value & 0xFF)) * 0x100000001B3L;
        }
        return SplitMix64.mix(hash);
    }
}
