package dev.touchstone.eval.golden;

/** Is told how far long work on a dataset has come. May be called from several threads. */
@FunctionalInterface
public interface GoldenProgress {

    /** Tells nobody. */
    GoldenProgress SILENT = (done, total) -> {};

    /**
     * Some of the work is done.
     *
     * @param done files finished, in [0, total]
     */
    void advanced(int done, int total);
}
