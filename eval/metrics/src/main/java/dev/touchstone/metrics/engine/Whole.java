package dev.touchstone.metrics.engine;

/** Whole numbers of a seed and a counter, equal on every machine: the inputs of checks. */
public final class Whole {

    private long counter;

    public Whole(long seed) {
        counter = seed;
    }

    /** The next in [-largest, largest]. */
    public int next(int largest) {
        counter += 0x9e3779b97f4a7c15L;
        long z = counter;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return (int) Math.floorMod(z ^ z >>> 31, 2L * largest + 1) - largest;
    }
}
