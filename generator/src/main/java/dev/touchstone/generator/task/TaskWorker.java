package dev.touchstone.generator.task;

/** Runs tasks of one kind. Called from as many threads at once as the task list says. */
@FunctionalInterface
public interface TaskWorker extends AutoCloseable {

    /**
     * Runs a task. The same task gives the same result wherever and however often it runs, apart from the times it takes.
     *
     * @param task a JSON object in one line
     * @return a JSON object in one line
     */
    String work(String task);

    /** Nothing to close. */
    @Override
    default void close() {}
}
