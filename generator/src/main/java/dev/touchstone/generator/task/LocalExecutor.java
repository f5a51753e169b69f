package dev.touchstone.generator.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks in this process, with threads as the list allows; with a concurrency of 1 in the calling thread itself. */
public final class LocalExecutor implements TaskExecutor {

    /** Tasks that may have ended before the oldest that has not: enough that a slow one holds nobody up, bounded for memory. */
    private static final int AHEAD = 64;

    private final TaskWorker worker;

    /** @param worker runs them; closed by whoever opened it */
    public LocalExecutor(TaskWorker worker) {
        this.worker = worker;
    }

    @Override
    public void run(TaskList tasks, ResultSink inOrder) {
        if (tasks.concurrency() == 1) {
            for (int i = 0; i < tasks.tasks().size(); i++) {
                inOrder.accept(i, worker.work(tasks.tasks().get(i)));
            }
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(tasks.concurrency(), work -> {
            Thread made = new Thread(work, "task-" + tasks.kind());
            made.setDaemon(true);
            return made;
        });
        Deque<Future<String>> running = new ArrayDeque<>();
        try {
            int next = 0;
            for (int index = 0; index < tasks.tasks().size(); index++) {
                while (next < tasks.tasks().size() && running.size() < tasks.concurrency() + AHEAD) {
                    String task = tasks.tasks().get(next++);
                    running.add(threads.submit(() -> worker.work(task)));
                }
                inOrder.accept(index, result(running.remove()));
            }
        } finally {
            running.forEach(one -> one.cancel(false)); // one that has begun goes on to its end
            threads.shutdown();
            awaitEnd(threads);
        }
    }

    private static String result(Future<String> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new CancellationException(String.valueOf(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
