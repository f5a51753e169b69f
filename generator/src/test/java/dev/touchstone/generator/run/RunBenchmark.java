package dev.touchstone.generator.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What everything around the model costs, with a back end that sleeps and then draws noise of 64 x 64 px: time per image and
 * its share beside a model of a given speed (the warm-up request's two images count as the model's), and the live heap of runs of 1,000 and of 10,000 images. Not a test. From the repository root:
 *
 * <pre>{@code
 * mvn -q -pl generator test-compile dependency:build-classpath -Dmdep.outputFile=target/cp
 * java -cp generator/target/test-classes:generator/target/classes:$(cat generator/target/cp) \
 *     dev.touchstone.generator.run.RunBenchmark [model milliseconds per image]
 * }</pre>
 */
final class RunBenchmark {

    private static final int SIDE = 64;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RunBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        double modelMillis = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 50;
        Path runs = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            measure(runs.resolve("warm"), 40, 10, 0);
            Measured timed = measure(runs.resolve("timed"), 50, 2, modelMillis);
            double seconds = timed.seconds - (timed.images + 2) * modelMillis / 1e3; // two more warm up
            System.out.printf(
                    Locale.ROOT,
                    "model of %.0f ms per image: %.2f ms per image around it, %.1f %% of the time%n",
                    modelMillis,
                    1e3 * seconds / timed.images,
                    100 * seconds / timed.seconds);
            Measured small = measure(runs.resolve("1000"), 100, 10, 0);
            Measured large = measure(runs.resolve("10000"), 100, 100, 0);
            System.out.printf(
                    Locale.ROOT,
                    "processor time per image, drawing and collections included: %.2f ms%n",
                    1e3 * large.processorSeconds / large.images);
            Measured wide = measure(runs.resolve("wide"), 1_000, 1, 0);
            System.out.printf(
                    Locale.ROOT,
                    "live heap of 10,000 images %.2f MiB, of 1,000 %.2f MiB: ratio %.3f; a prompt more takes %.0f bytes%n",
                    large.liveBytes / 1048576.0,
                    small.liveBytes / 1048576.0,
                    (double) large.liveBytes / small.liveBytes,
                    (wide.liveBytes - small.liveBytes) / 900.0);
        } finally {
            try (Stream<Path> files = Files.walk(runs)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private record Measured(int images, double seconds, double processorSeconds, long liveBytes) {}

    private static Measured measure(Path folder, int prompts, int imagesPerPrompt, double modelMillis) {
        long[] live = new long[1];
        long[] collecting = new long[1];
        // Live bytes are what stays after a collection; a peak before it says when the collector felt like running.
        Progress sampling = (stage, done, total, note) -> {
            if (done % (total / 10) == 0) {
                long began = System.nanoTime();
                System.gc();
                live[0] = Math.max(
                        live[0],
                        Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
                collecting[0] += System.nanoTime() - began;
            }
        };
        GenerationPlan plan = Plans.of(folder, prompts, imagesPerPrompt, SIDE, 1);
        // Of every batch of two images, four steps.
        long stepNanos = Math.round(modelMillis * 1e6 * 2 / 4);
        long began = System.nanoTime();
        long processor = SYSTEM.getProcessCpuTime();
        new GenerateStage(sampling, new StopSignal()).run(plan, begunWith -> new NoiseBackend(stepNanos, Set.of()));
        return new Measured(
                prompts * imagesPerPrompt,
                (System.nanoTime() - began - collecting[0]) / 1e9,
                (SYSTEM.getProcessCpuTime() - processor) / 1e9,
                live[0]);
    }
}
