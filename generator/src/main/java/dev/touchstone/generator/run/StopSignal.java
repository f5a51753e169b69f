package dev.touchstone.generator.run;

/** Asks a stage to stop at the next place where its files are consistent. Set from any thread, such as a shutdown hook. */
public final class StopSignal {

    private volatile boolean requested;

    /** Asks to stop. */
    public void request() {
        requested = true;
    }

    /** Whether somebody asked. */
    public boolean requested() {
        return requested;
    }

    /**
     * Does nothing until somebody asks.
     *
     * @throws RunInterruptedException if somebody asked
     */
    public void check() {
        if (requested) {
            throw new RunInterruptedException("run: interrupted; the same command continues it");
        }
    }
}
