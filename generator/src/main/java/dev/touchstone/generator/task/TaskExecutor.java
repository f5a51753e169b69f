package dev.touchstone.generator.task;

/** Runs task lists. Whatever the order in which tasks end, their results are handed over in the order of the list. */
public interface TaskExecutor {

    /**
     * Runs every task. Returns when all results were taken. What a task or the sink throws ends the list: no further task
     * begins, those that run are waited for, the results before the failed task were handed over, and it is thrown.
     *
     * @param inOrder called from the calling thread
     */
    void run(TaskList tasks, ResultSink inOrder);

    /** Takes results. */
    @FunctionalInterface
    interface ResultSink {

        /**
         * The result of a task.
         *
         * @param index of the task in its list; each comes once, in ascending order
         */
        void accept(int index, String result);
    }
}
