import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureProgress;
import dev.touchstone.metrics.measure.MeasureSettings;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.cmmd.ClipMaximumMeanDiscrepancy;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.fid.FrechetInfinity;
import dev.touchstone.metrics.metric.isc.InceptionScore;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.prdc.PrecisionRecallDensityCoverage;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.image.RgbImage;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Peak memory of set metrics over many images; run by memory.sh as a single-file program. Features are seeded noise: memory
 * does not depend on their values. The peak of the heap is the sum of the peaks of its pools, garbage included.
 */
public final class MemoryBench {

    private static final int DIMENSION = Integer.getInteger("dimension", 2048);
    private static final int CLASSES = 1008;
    private static final int CLIP_DIMENSION = 768;

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        List<String> wanted = List.of(arguments).subList(2, arguments.length);
        System.out.printf(
                Locale.ROOT,
                "# %d + %d images, %d MB of heap allowed%n# metric\tfeatures\tseconds\tCPU seconds\tpeak heap MB\tpeak resident MB\tvalue%n",
                rows,
                rows,
                Runtime.getRuntime().maxMemory() >> 20);
        for (String name : wanted) {
            switch (name) {
                case "folders", "folders-cached", "folders-warm" -> folders(name, folder, rows);
                case "is" -> {
                    FeatureMatrix logits = noise(1, rows, CLASSES, 0);
                    measure(name, CLASSES, () -> InceptionScore.of(logits).mean());
                }
                default -> {
                    int dimension = name.equals("cmmd") ? CLIP_DIMENSION : DIMENSION;
                    FeatureMatrix generated = noise(1, rows, dimension, 0.05f);
                    FeatureMatrix reference = noise(2, rows, dimension, 0);
                    measure(name, dimension, metric(name, generated, reference));
                }
            }
        }
    }

    private static DoubleSupplier metric(String name, FeatureMatrix generated, FeatureMatrix reference) {
        Rows x = Rows.of(generated);
        Rows y = Rows.of(reference);
        return switch (name) {
            case "fid" -> () ->
                    FrechetInceptionDistance.between(generated, reference).value();
            case "fid-infinity" -> () -> FrechetInfinity.of(x, y, 2020).value();
            case "kid" -> () -> KernelInceptionDistance.subsets(x, y, SubsetProtocol.TORCH_FIDELITY)
                    .mean();
            case "kid-full" -> () -> KernelInceptionDistance.unbiased(x, y).value();
            case "prdc" -> () ->
                    PrecisionRecallDensityCoverage.of(generated, reference).fScore();
            case "cmmd" -> () -> ClipMaximumMeanDiscrepancy.between(generated, reference);
            default -> throw new IllegalArgumentException("unknown metric " + name);
        };
    }

    /** FID of two folders from files on, with the built-in network; every picture is another, of 64 blocks of colour. */
    private static void folders(String name, Path folder, int count) throws Exception {
        for (int side = 0; side < 2; side++) {
            SplittableRandom random = new SplittableRandom(side);
            Path set = Files.createDirectories(folder.resolve("pictures-" + count + "/" + side));
            for (int i = 0; i < count; i++) {
                byte[] colours = new byte[64 * 3];
                random.nextBytes(colours);
                Path file = set.resolve(String.format(Locale.ROOT, "%06d.png", i));
                if (!Files.exists(file)) {
                    byte[] samples = new byte[64 * 64 * 3];
                    for (int j = 0; j < samples.length; j++) {
                        int pixel = j / 3;
                        samples[j] = colours[(pixel / 512 * 8 + pixel % 64 / 8) * 3 + j % 3];
                    }
                    Files.write(file, PngFile.encode(new RgbImage(64, 64, samples)));
                }
            }
        }
        MeasureSettings settings = MeasureSettings.defaults();
        MeasureSettings used = name.equals("folders") ? settings : settings.withCache(folder.resolve("features"));
        measure(name, 0, () -> ((Score.Scored) new Measure(used, MeasureProgress.NONE)
                        .of("fid", folder.resolve("pictures-" + count + "/0"), folder.resolve("pictures-" + count + "/1"))
                        .score())
                .value());
    }

    private static FeatureMatrix noise(long seed, int rows, int columns, float shift) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() + shift;
        }
        return new FeatureMatrix(rows, columns, values);
    }

    private static void measure(String name, int columns, DoubleSupplier body) throws Exception {
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
        OperatingSystemMXBean process =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        double value = body.getAsDouble();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (process.getProcessCpuTime() - cpu) / 1e9;
        long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
        System.out.printf(
                Locale.ROOT,
                "%s\t%s\t%.1f\t%.1f\t%d\t%d\t%.9g%n",
                name,
                columns == 0 ? "builtin" : columns,
                seconds,
                cpuSeconds,
                peak >> 20,
                Long.parseLong(resident) >> 10,
                value);
    }
}
