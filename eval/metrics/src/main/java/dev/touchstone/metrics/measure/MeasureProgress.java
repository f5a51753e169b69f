package dev.touchstone.metrics.measure;

/** Told how far a measurement is. Called from one thread at a time. */
public interface MeasureProgress {

    /** Tells nobody. */
    MeasureProgress NONE = (task, done, total) -> {};

    /**
     * A piece of work is done.
     *
     * @param task what is being worked on, as in {@code features of outputs/}
     * @param done at most {@code total}
     */
    void advanced(String task, int done, int total);
}
