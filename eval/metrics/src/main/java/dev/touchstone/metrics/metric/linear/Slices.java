package dev.touchstone.metrics.metric.linear;

import java.util.stream.IntStream;

/**
 * Shares of one matrix operation for several threads. Their width does not depend on the number of threads, so neither does the result.
 * OpenBLAS's own threads would wait for each other busily, which beside other work takes several times as long.
 */
final class Slices {

    /** Columns or rows of a share: enough for a product to be at the machine's rate. */
    private static final int WIDTH = 256;

    private Slices() {}

    interface Work {
        void slice(int from, int count);
    }

    /** All shares of {@code [0, size)}; returns when the last is done. */
    static void each(int size, Work work) {
        int shares = (size + WIDTH - 1) / WIDTH;
        if (shares < 2) {
            work.slice(0, size);
            return;
        }
        IntStream.range(0, shares)
                .parallel()
                .forEach(share -> work.slice(share * WIDTH, Math.min(WIDTH, size - share * WIDTH)));
    }
}
