package dev.touchstone.generator.task;

import java.util.List;

/**
 * Tasks that belong together.
 *
 * @param kind which worker runs them: the {@link WorkerProvider#kind} where they run elsewhere
 * @param setup what a worker is opened with, a JSON object in one line
 * @param tasks a JSON object in one line each; none depends on another
 * @param concurrency most that run at once in one worker, at least 1
 */
public record TaskList(String kind, String setup, List<String> tasks, int concurrency) {

    /** @throws IllegalArgumentException if the concurrency is below 1 */
    public TaskList {
        tasks = List.copyOf(tasks);
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "tasks " + kind + ": expected a concurrency of at least 1, found " + concurrency);
        }
    }
}
