import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureProgress;
import dev.touchstone.metrics.measure.MeasureSettings;
import dev.touchstone.metrics.measure.Measurement;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import dev.touchstone.metrics.weights.network.ImageNetwork;
import dev.touchstone.metrics.weights.store.ImportedWeights;
import dev.touchstone.metrics.weights.network.InceptionTap;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Our side of the metrics benchmark; prints name, rate, unit. Run by metrics.sh as a single-file program. */
public final class MetricsBench {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int images = Integer.parseInt(arguments[1]);
        int pairs = Integer.parseInt(arguments[2]);
        String lpips = arguments[3];
        WeightsStore store = new WeightsStore(folder.resolve("store"));
        Path weights = folder.resolve("inception.pth");
        ImportedWeights imported = store.importFile(weights, DigestPolicy.ALLOW_UNKNOWN);
        MeasureSettings settings = settings(store, Optional.of(weights), Optional.empty(), Optional.empty(), lpips, folder);
        Path first = folder.resolve("set/0");
        Path second = folder.resolve("set/1");

        raw(store, imported, first, Math.min(64, images));
        long start = System.nanoTime();
        Measurement fid = new Measure(settings, MeasureProgress.NONE).of("fid", first, second);
        print("fid", 2 * images / seconds(start), "images/s");
        Path cache = folder.resolve("cache");
        MeasureSettings cached = settings(store, Optional.of(weights), Optional.of(cache), Optional.empty(), lpips, folder);
        start = System.nanoTime();
        new Measure(cached, MeasureProgress.NONE).of("fid", first, second);
        double cold = seconds(start);
        start = System.nanoTime();
        new Measure(cached, MeasureProgress.NONE).of("fid", first, second);
        print("warm-cache", cold / seconds(start), "x");

        double best = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            start = System.nanoTime();
            Measurement files = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE)
                    .of("fid", folder.resolve("a.npz"), folder.resolve("b.npz"));
            double value = ((Score.Scored) files.score()).value();
            best = Math.min(best, seconds(start));
            if (i == 2) {
                System.out.printf("frechet\t%.6f\tdistances/s\t%.12g%n", 1 / best, value);
            }
        }
        for (PerceptualBackbone net : PerceptualBackbone.values()) {
            int count = net == PerceptualBackbone.VGG ? Math.max(2, pairs / 6) : pairs;
            Path a = subset(first, folder.resolve("pairs-" + count + "/0"), count);
            Path b = subset(second, folder.resolve("pairs-" + count + "/1"), count);
            MeasureSettings pairSettings =
                    settings(store, Optional.empty(), Optional.empty(), Optional.of(net), lpips, folder);
            new Measure(pairSettings, MeasureProgress.NONE).of("lpips", a.resolve("0000.png"), b.resolve("0000.png"));
            start = System.nanoTime();
            Measurement measured = new Measure(pairSettings, MeasureProgress.NONE).of("lpips", a, b);
            double all = seconds(start);
            // A measurement's own time begins when its network is loaded.
            double time = measured.time().toNanos() / 1e9;
            System.out.printf(
                    "lpips-%s\t%.6f\tpairs/s\t%.9g%n",
                    net.text(), count / time, measured.pairs().get(0).value().orElseThrow());
            print("lpips-" + net.text() + "-loading", 1 / (all - time), "networks/s");
        }
    }

    /** The network alone, on prepared images, one core each. */
    private static void raw(WeightsStore store, ImportedWeights imported, Path folder, int images) throws Exception {
        ImageDecoder decoder = new ImageDecoder();
        try (ImageNetwork network = store.inception(imported, Recipe.PYTORCH_FID, InceptionTap.POOL_2048, 1);
                var files = Files.list(folder)) {
            List<PlanarImage> prepared = files.sorted().limit(8).map(f -> network.prepare(decoder.decode(f))).toList();
            network.run(prepared);
            ExecutorService executor = Executors.newFixedThreadPool(THREADS);
            Callable<Object> batch = () -> network.run(prepared);
            executor.invokeAll(Collections.nCopies(THREADS, batch));
            long start = System.nanoTime();
            int batches = Math.max(THREADS, images / 8);
            executor.invokeAll(Collections.nCopies(batches, batch));
            print("raw-network", batches * prepared.size() / seconds(start), "images/s");
            executor.shutdown();
        }
    }

    private static Path subset(Path from, Path to, int count) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.sorted().limit(count).toList()) {
                if (!Files.exists(to.resolve(file.getFileName()))) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
        return to;
    }

    private static MeasureSettings settings(
            WeightsStore store, Optional<Path> weights, Optional<Path> cache, Optional<PerceptualBackbone> net, String lpips,
            Path folder) {
        MeasureSettings settings = MeasureSettings.defaults()
                .withFeatures(MeasureSettings.Features.INCEPTION_V3)
                .withSources(new MeasureSettings.Sources(store, DigestPolicy.ALLOW_UNKNOWN, new ImageDecoder()));
        if (weights.isPresent()) {
            settings = settings.withWeights(weights.get());
        }
        if (cache.isPresent()) {
            settings = settings.withCache(cache.get());
        }
        if (net.isPresent()) {
            String name = net.get().text() + ".pth";
            settings = settings.withNet(net.get())
                    .withBackboneWeights(folder.resolve(name))
                    .withLinearWeights(Path.of(lpips).resolve(name));
        }
        return settings;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String name, double value, String unit) {
        System.out.printf("%s\t%.6f\t%s%n", name, value, unit);
    }
}
