package dev.touchstone.metrics.engine;

import dev.touchstone.metrics.random.SplitMix64;

/** Whole numbers of a seed and a counter, equal on every machine: the inputs of checks. */
public final class Whole {

    private long counter;

    public Whole(long seed) {
        counter = seed;
    }

    /** The next in [-largest, largest]. */
    public int next(int largest) {
        counter += SplitMix64.INCREMENT;
        return (int) Math.floorMod(SplitMix64.mix(counter), 2L * largest + 1) - largest;
    }
}
