package dev.touchstone.metrics.metric.numpy;

/**
 * NumPy's {@code numpy.random.RandomState}: MT19937 with the legacy distributions, draw for draw. The reference
 * implementations of KID and Inception Score choose their subsets with it, so equal numbers need equal draws. Not for
 * anything else: new code uses counter-based generators. Not thread-safe.
 */
public final class RandomState {

    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int position = N;
    private boolean hasGauss;
    private double gauss;

    /** As {@code RandomState(seed)} for a seed in [0, 2^32). */
    public RandomState(long seed) {
        if (seed < 0 || seed > 0xffffffffL) {
            throw new IllegalArgumentException("random state: expected a seed in [0, 2^32), found " + seed);
        }
        state[0] = (int) seed;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /** 32 uniform bits. */
    int nextInt32() {
        if (position == N) {
            for (int i = 0; i < N; i++) {
                int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
                state[i] = state[(i + M) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
            }
            position = 0;
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    /** As {@code random_sample()}: uniform in [0, 1) with 53 bits. */
    public double nextDouble() {
        long a = nextInt32() >>> 5;
        long b = nextInt32() >>> 6;
        return (a * 67108864.0 + b) / 9007199254740992.0;
    }

    /** As {@code randn()}: standard normal by the polar method. */
    public double nextGaussian() {
        if (hasGauss) {
            hasGauss = false;
            return gauss;
        }
        double x1;
        double x2;
        double r2;
        do {
            x1 = 2.0 * nextDouble() - 1.0;
            x2 = 2.0 * nextDouble() - 1.0;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1.0 || r2 == 0.0);
        double f = Math.sqrt(-2.0 * Math.log(r2) / r2);
        gauss = f * x1;
        hasGauss = true;
        return f * x2;
    }

    /** As {@code randn(n)}. */
    public double[] gaussians(int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = nextGaussian();
        }
        return values;
    }

    /** As {@code permutation(n)}. */
    public int[] permutation(int n) {
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = interval(i);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
        return values;
    }

    /**
     * As {@code choice(n, size, replace=False)}.
     *
     * @throws IllegalArgumentException if {@code size > n}
     */
    public int[] choice(int n, int size) {
        if (size > n) {
            throw new IllegalArgumentException("random state: expected a choice of at most " + n + ", found " + size);
        }
        return java.util.Arrays.copyOf(permutation(n), size);
    }

    /** Uniform in [0, max], by masked rejection. */
    private int interval(int max) {
        int mask = Integer.highestOneBit(max) * 2 - 1;
        int value;
        do {
            value = nextInt32() & mask;
        } while (Integer.compareUnsigned(value, max) > 0);
        return value;
    }
}
