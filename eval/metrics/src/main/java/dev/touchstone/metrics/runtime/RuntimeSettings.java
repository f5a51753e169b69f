package dev.touchstone.metrics.runtime;

/**
 * How a network is loaded.
 *
 * @param threads of a CPU, at least 1
 * @param precision of linear layers
 */
public record RuntimeSettings(int threads, Precision precision) {

    public RuntimeSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("runtime settings: expected at least 1 thread, found " + threads);
        }
    }

    /** One thread per logical core. */
    public static RuntimeSettings ofMachine(Precision precision) {
        return new RuntimeSettings(Runtime.getRuntime().availableProcessors(), precision);
    }
}
