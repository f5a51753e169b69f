package dev.touchstone.generator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What everything around the model costs, with a back end that draws noise of 64 x 64 px: time per image, its share beside a
 * model of a given speed, and the live heap of a run of 1,000 and of 10,000 images. Not a test. From the repository root:
 *
 * <pre>{@code
 * mvn -q -pl generator test-compile dependency:build-classpath -Dmdep.outputFile=target/cp
 * java -cp generator/target/test-classes:generator/target/classes:$(cat generator/target/cp) \
 *     dev.touchstone.generator.run.RunBenchmark [model milliseconds per image]
 * }</pre>
 */
final class RunBenchmark {

    private static final int SIDE = 64;
    private static final int IMAGES_PER_PROMPT = 2;

    private RunBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        double modelMillis = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 100;
        Path runs = Files.createTempDirectory(Path.of("target"), "bench");
        try {
            measure(runs.resolve("warm"), 400);
            Measured small = measure(runs.resolve("1000"), 1_000);
            Measured large = measure(runs.resolve("10000"), 10_000);
            print("1,000 images", small, modelMillis);
            print("10,000 images", large, modelMillis);
            System.out.printf(
                    Locale.ROOT, "live heap, 10,000 over 1,000: %.3f%n", (double) large.liveBytes / small.liveBytes);
        } finally {
            try (Stream<Path> files = Files.walk(runs)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private record Measured(int images, double seconds, long liveBytes) {}

    private static Measured measure(Path folder, int images) {
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
        GenerationPlan plan = Plans.of(folder, images / IMAGES_PER_PROMPT, IMAGES_PER_PROMPT, SIDE, 1);
        long began = System.nanoTime();
        new GenerateStage(sampling, new StopSignal()).run(plan, begunWith -> new NoiseBackend(0, Set.of()));
        return new Measured(images, (System.nanoTime() - began - collecting[0]) / 1e9, live[0]);
    }

    private static void print(String name, Measured measured, double modelMillis) {
        double millis = measured.seconds * 1e3 / measured.images;
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f ms per image around the model (%.1f %% beside a model of %.0f ms), live heap %.1f MiB%n",
                name,
                millis,
                100 * millis / (millis + modelMillis),
                modelMillis,
                measured.liveBytes / 1048576.0);
    }
}
