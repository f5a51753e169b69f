package dev.touchstone.generator.model;

import com.sun.management.OperatingSystemMXBean;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.Runtimes;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Times pebble in one runtime and precision; {@code .ci/bench/pebble.sh} runs it beside eager PyTorch. Arguments: weights,
 * runtime, precision, batch, steps, threads, repeats. Prints a JSON line per repeat: wall-clock and processor
 * milliseconds per sampling step of a request (text, all steps with both prompts, decoder).
 */
final class PebbleBenchmark {

    private PebbleBenchmark() {}

    public static void main(String[] arguments) {
        Precision precision = Precision.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        int batch = Integer.parseInt(arguments[3]);
        int steps = Integer.parseInt(arguments[4]);
        int threads = Integer.parseInt(arguments[5]);
        int repeats = Integer.parseInt(arguments[6]);
        RuntimeProvider runtime =
                Runtimes.installed().select(arguments[1], precision).provider();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Sampling sampling = new Sampling(Sampling.Method.EULER, steps, 4);
        List<Integer> images = IntStream.range(0, batch).boxed().toList();
        PebbleBatch request = new PebbleBatch(64, 64, 1, "benchmark", images, sampling, Optional.empty());
        try (Pebble pebble = Pebble.read(Path.of(arguments[0]), runtime, new RuntimeSettings(threads, precision))) {
            // The first rounds warm the code up and do not count.
            for (int i = -3; i < repeats; i++) {
                long processor = system.getProcessCpuTime();
                long wall = System.nanoTime();
                pebble.encode("", "", sampling);
                pebble.decode(pebble.sample(request, step -> {}));
                double wallMillis = (System.nanoTime() - wall) / 1e6 / steps;
                double processorMillis = (system.getProcessCpuTime() - processor) / 1e6 / steps;
                if (i >= 0) {
                    System.out.printf(
                            Locale.ROOT,
                            "{\"runtime\": \"%s-%s\", \"batch\": %d, \"threads\": %d, \"stepMillis\": %.3f,"
                                    + " \"processorMillis\": %.3f}%n",
                            runtime.name(),
                            precision.id(),
                            batch,
                            threads,
                            wallMillis,
                            processorMillis);
                }
            }
        }
    }
}
