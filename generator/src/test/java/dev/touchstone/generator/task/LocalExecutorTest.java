package dev.touchstone.generator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalExecutorTest {

    @Test
    void resultsComeInTheOrderOfTheListWhateverTheOrderOfArrival() {
        int n = 200;
        Map<Integer, CountDownLatch> ended = new ConcurrentHashMap<>();
        IntStream.range(0, n).forEach(i -> ended.put(i, new CountDownLatch(1)));
        List<Integer> arrived = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        // Every even task ends only after the odd one behind it.
        new LocalExecutor(task -> {
                    int i = Integer.parseInt(task);
                    if (i % 2 == 0) {
                        await(ended.get(i + 1));
                    }
                    synchronized (arrived) {
                        arrived.add(i);
                    }
                    ended.get(i).countDown();
                    return "r" + task;
                })
                .run(list(n, 4), (index, result) -> {
                    assertThat(index).isEqualTo(taken.size());
                    taken.add(result);
                });

        assertThat(taken)
                .containsExactlyElementsOf(
                        IntStream.range(0, n).mapToObj(i -> "r" + i).toList());
        assertThat(arrived.get(0)).isOdd();
    }

    @Test
    void aFailingTaskEndsTheListAfterTheResultsBeforeIt() {
        for (int concurrency : new int[] {1, 3}) {
            List<Integer> taken = new ArrayList<>();
            LocalExecutor executor = new LocalExecutor(task -> {
                if (task.equals("7")) {
                    throw new IllegalStateException("task 7");
                }
                return task;
            });
            assertThatThrownBy(() -> executor.run(list(20, concurrency), (index, result) -> taken.add(index)))
                    .as("concurrency %d", concurrency)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task 7");
            assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void noMoreTasksRunAtOnceThanTheListAllows() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new LocalExecutor(task -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return task;
                })
                .run(list(100, 3), (index, result) -> {});

        assertThat(most.get()).isBetween(1, 3);
        assertThat(running.get()).isZero();
    }

    private static TaskList list(int n, int concurrency) {
        return new TaskList(
                "test", "{}", IntStream.range(0, n).mapToObj(Integer::toString).toList(), concurrency);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
