package dev.touchstone.generator.task;

/** Opens workers of a kind; found through {@link java.util.ServiceLoader} by executors whose tasks run in another process. */
public interface WorkerProvider {

    /** The kind, {@code [a-z0-9-]+}. */
    String kind();

    /**
     * Opens a worker, once per process.
     *
     * @param setup of the task list
     */
    TaskWorker open(String setup);
}
