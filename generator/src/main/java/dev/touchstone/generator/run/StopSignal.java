package dev.touchstone.generator.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asks a stage to stop at the next place where its files are consistent. Set from any thread, such as a shutdown hook. */
public final class StopSignal {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean requested;

    /** Asks to stop. */
    public void request() {
        requested = true;
        listeners.forEach(Runnable::run);
    }

    /**
     * Has something done when somebody asks, in the asking thread; at once if somebody did. For what waits where it does not look
     * at this signal.
     */
    public void onRequest(Runnable listener) {
        listeners.add(listener);
        if (requested) {
            listener.run();
        }
    }

    /** No longer has it done. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
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
