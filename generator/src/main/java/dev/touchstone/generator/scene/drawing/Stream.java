package dev.touchstone.generator.scene.drawing;

/**
 * Counter-based random numbers for one purpose within one picture. Streams of different purposes are independent, so
 * that changing one thing in a scene leaves the rest as it was.
 */
final class Stream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;

    Stream(long variation, String purpose) {
        this.key = mix(variation * GOLDEN + mix(purpose.hashCode()));
    }

    /** The value at a place of the stream, in [0, 1), independent of what was drawn before. */
    double at(long index) {
        return (mix(key + (index + 1) * GOLDEN) >>> 11) * 0x1.0p-53;
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

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
