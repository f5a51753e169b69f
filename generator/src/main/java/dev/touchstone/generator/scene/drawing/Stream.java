package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.random.SplitMix64;

/**
 * Counter-based random numbers for one purpose within one picture. Streams of different purposes are independent, so
 * that changing one thing in a scene leaves the rest as it was.
 */
final class Stream {
    private final long key;
    private long counter;

    Stream(long variation, String purpose) {
        this.key = SplitMix64.mix(variation * SplitMix64.INCREMENT + SplitMix64.mix(purpose.hashCode()));
    }

    /** The value at a place of the stream, in [0, 1), independent of what was drawn before. */
    double at(long index) {
        return (SplitMix64.mix(key + (index + 1) * SplitMix64.INCREMENT) >>> 11) * 0x1.0p-53;
    }

    /** The next value in [0, 1). */
    double next() {
        return at(counter++);
    }

    /** The next value in [-spread, spread). */
    double around(double spread) {
        return (next() * 2 - 1) * spread;
    }

    /** The next value in [from, to). */
    double between(double from, double to) {
        return from + next() * (to - from);
    }

    /** The next index in [0, bound). */
    int index(int bound) {
        return (int) (next() * bound);
    }
}
