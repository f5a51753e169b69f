package dev.touchstone.generator.phase;

/**
 * Hears from a back end what a request is doing, in the order in which it happens. Called from one thread. May throw to stop
 * the request; a back end lets that through.
 */
public interface PhaseObserver {

    /**
     * The request enters a phase; the one before it ends.
     *
     * @param batch index of the batch within the request, from 0; 0 where the phase serves the whole request
     */
    void enter(Phase phase, int batch);

    /**
     * Like {@link #enter}, at an earlier moment: for back ends that hear of a phase after it began. A moment before the last
     * one that was said counts as that one, a moment in the future as now.
     *
     * @param nanoTime on the clock of {@link System#nanoTime}
     */
    default void enterAt(Phase phase, int batch, long nanoTime) {
        enter(phase, batch);
    }

    /** A sampling step of the batch has ended; steps count from 0. */
    void step(int batch, int step);

    /**
     * Like {@link #step}, at an earlier moment; the same rules as for {@link #enterAt} hold.
     *
     * @param nanoTime on the clock of {@link System#nanoTime}
     */
    default void stepAt(int batch, int step, long nanoTime) {
        step(batch, step);
    }
}
