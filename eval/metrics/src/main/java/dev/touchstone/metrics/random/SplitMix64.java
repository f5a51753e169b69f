package dev.touchstone.metrics.random;

/**
 * The mixing of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). The n-th
 * number of the stream of a seed is {@code mix(seed + n * INCREMENT)}, n from 1, so any of them can be had at any time.
 */
public final class SplitMix64 {

    /** The golden ratio in 64 bits. */
    public static final long INCREMENT = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** A bijection of 64 bits in which every bit of the argument moves about half of the bits of the result. */
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
