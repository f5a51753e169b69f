package dev.touchstone.eval.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes the batches of a training run ahead of their use, in order, whatever the number of threads. */
final class ExamplePipeline implements AutoCloseable {

    private final ExampleSource source;
    private final TrainingSettings settings;
    private final ExecutorService producers;
    private final Queue<Future<ExampleBatch>> ahead = new ArrayDeque<>();
    private int nextStep;

    ExamplePipeline(ExampleSource source, TrainingSettings settings, int firstStep) {
        this.source = source;
        this.settings = settings;
        this.nextStep = firstStep;
        this.producers = Executors.newFixedThreadPool(settings.producers(), task -> {
            Thread thread = new Thread(task, "feature-examples");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The batch of the next step; waits for it where it is not ready. */
    ExampleBatch next() throws InterruptedException {
        while (ahead.size() < 2 * settings.producers() + 2 && nextStep < settings.steps()) {
            long first = (long) nextStep * settings.batchSize();
            nextStep++;
            ahead.add(producers.submit(() -> batch(first)));
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a training example could not be made", e.getCause());
        }
    }

    private ExampleBatch batch(long first) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < settings.batchSize(); i++) {
            examples.add(source.training(first + i));
        }
        return ExampleBatch.of(examples);
    }

    @Override
    public void close() {
        producers.shutdownNow();
    }
}
