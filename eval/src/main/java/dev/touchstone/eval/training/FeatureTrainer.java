package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.feature.FeatureNetwork;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * Trains {@code touchstone-1} on scenes rendered on the fly. Seeded; killed at any moment, the same command with {@code --resume} goes on
 * from the last checkpoint and shows the examples that an uninterrupted run would have shown.
 */
public final class FeatureTrainer {

    /** How often the state is written: at most this much work is lost. */
    private static final Duration CHECKPOINT_EVERY = Duration.ofMinutes(1);

    private static final double REPORT_SECONDS = 10;

    private final TrainingSettings settings;
    private final ExampleSource source;
    private final Duration checkpointEvery;
    private final PrintStream progress;

    FeatureTrainer(TrainingSettings settings, ExampleSource source, Duration checkpointEvery, PrintStream progress) {
        this.settings = settings;
        this.source = source;
        this.checkpointEvery = checkpointEvery;
        this.progress = progress;
    }

    /**
     * {@code --out DIR [--images N] [--seed S] [--batch B] [--threads T] [--held-back H] [--from MODEL] [--resume]}. Ends with the model and its card in the
     * folder. The native code's threads are set by the environment variable OMP_NUM_THREADS.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            train(arguments);
        } catch (IllegalArgumentException | FeatureException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    /**
     * As {@link #main}, for callers that stay.
     *
     * @throws IllegalArgumentException on an unknown option, a missing value or one out of range
     * @throws FeatureException if the folder cannot be used or training fails
     */
    public static void train(String... arguments) throws IOException, InterruptedException {
        TrainingSettings settings = TrainingSettings.parse(arguments);
        new FeatureTrainer(settings, new SceneExamples(settings.seed()), CHECKPOINT_EVERY, System.err).run();
    }

    /** Trains to the end and writes the model and its card. */
    ModelCard run() throws IOException, InterruptedException {
        TrainingFolder folder = new TrainingFolder(settings);
        ComputationGraph network = folder.checkpoint().orElse(null);
        if (network == null) {
            network = untrained();
        }
        List<CurvePoint> curve = new ArrayList<>(folder.curve(images(network)));
        train(network, curve, folder);
        progress.println("features: measuring accuracy on " + settings.heldBack() + " held-back scenes");
        var accuracy = HeadAccuracy.measure(network, source, settings.heldBack());
        accuracy.forEach((attribute, result) -> progress.printf(
                Locale.ROOT, "  %-12s %6.2f %%  (n = %d)%n", attribute.id(), 100 * result.share(), result.n()));
        Path model = folder.saveModel(network);
        ModelCard card = ModelCard.of(
                settings,
                folder.startedFrom(),
                Sha256.of(Files.readAllBytes(model)),
                network.numParams(),
                curve,
                accuracy);
        folder.saveCard(card);
        return card;
    }

    private ComputationGraph untrained() throws IOException {
        ComputationGraph network = FeatureNetwork.create(settings.seed(), settings.learningRate());
        if (settings.from().isPresent()) {
            ComputationGraph old = ModelSerializer.restoreComputationGraph(
                    settings.from().get().toFile(), false);
            if (old.numParams() != network.numParams()) {
                throw new FeatureException("starting weights " + settings.from().get() + ": expected "
                        + network.numParams() + " parameters, found " + old.numParams());
            }
            network.setParams(old.params());
        }
        return network;
    }

    private long images(ComputationGraph network) {
        return (long) network.getIterationCount() * settings.batchSize();
    }

    private void train(ComputationGraph network, List<CurvePoint> curve, TrainingFolder folder)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        long reported = started;
        long saved = started;
        long imagesAtStart = images(network);
        long imagesAtReport = imagesAtStart;
        double loss = 0;
        int losses = 0;
        try (ExamplePipeline pipeline = new ExamplePipeline(source, settings, network.getIterationCount())) {
            while (network.getIterationCount() < settings.steps()) {
                network.fit(pipeline.next().dataSet());
                loss += network.score();
                losses++;
                long now = System.nanoTime();
                boolean last = network.getIterationCount() == settings.steps();
                if (last || (now - reported) / 1e9 >= REPORT_SECONDS) {
                    long images = images(network);
                    CurvePoint point = new CurvePoint(
                            images,
                            Math.round(loss / losses * 1e4) / 1e4,
                            Math.round((images - imagesAtReport) / ((now - reported) / 1e9)));
                    requireFinite(point);
                    curve.add(point);
                    double rate = (images - imagesAtStart) / ((now - started) / 1e9);
                    progress.printf(
                            Locale.ROOT,
                            "features: %,d of %,d images, %.0f images/s, loss %.3f, %.0f s left%n",
                            images,
                            settings.images(),
                            point.imagesPerSecond(),
                            point.loss(),
                            (settings.images() - images) / rate);
                    reported = now;
                    imagesAtReport = images;
                    loss = 0;
                    losses = 0;
                }
                if (last || now - saved >= checkpointEvery.toNanos()) {
                    folder.save(network, curve);
                    saved = now;
                }
            }
        }
    }

    private void requireFinite(CurvePoint point) {
        if (!Double.isFinite(point.loss())) {
            throw new FeatureException("training: expected a finite loss, found " + point.loss() + " after "
                    + point.images() + " images; resume from the last checkpoint in " + settings.out());
        }
    }
}
