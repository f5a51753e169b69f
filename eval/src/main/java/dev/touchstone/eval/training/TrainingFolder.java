package dev.touchstone.eval.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * What a training run keeps on disk: the settings it was started with, the last checkpoint (weights and optimiser), the curve, and
 * at the end the model and its card. Every file is written beside its place and moved, so a kill at any moment leaves
 * the previous one.
 */
final class TrainingFolder {

    private static final String CHECKPOINT = "checkpoint.zip";
    private static final String SETTINGS = "training.json";
    private static final String CURVE = "curve.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper LINES = new ObjectMapper();

    private final Path folder;
    private final Identity identity;

    /** What makes two runs the same run. */
    record Identity(long images, long seed, int batchSize, String from) {}

    /**
     * Opens the folder for a run.
     *
     * @throws FeatureException if it holds a checkpoint and the run is to start anew, or one of another run
     */
    TrainingFolder(TrainingSettings settings) throws IOException {
        folder = settings.out();
        Files.createDirectories(folder);
        identity = identity(settings);
        Path file = folder.resolve(SETTINGS);
        if (Files.exists(file)) {
            if (settings.start() == TrainingSettings.Start.FRESH) {
                throw new FeatureException(
                        folder + ": expected an empty folder, found a training run; add --resume to go on");
            }
            Identity found = JSON.readValue(Files.readString(file), Identity.class);
            if (!found.equals(identity)) {
                throw new FeatureException(file + ": expected " + identity + ", found " + found
                        + "; resume with the settings the run was started with");
            }
        } else {
            write(SETTINGS, JSON.writeValueAsString(identity));
        }
    }

    private static Identity identity(TrainingSettings settings) throws IOException {
        String from = settings.from().isEmpty()
                ? "random weights"
                : Sha256.of(Files.readAllBytes(settings.from().get()));
        return new Identity(settings.images(), settings.seed(), settings.batchSize(), from);
    }

    /** What the run started from: "random weights", or the SHA-256 of a model. */
    String startedFrom() {
        return identity.from();
    }

    Optional<ComputationGraph> checkpoint() throws IOException {
        Path file = folder.resolve(CHECKPOINT);
        return Files.exists(file)
                ? Optional.of(ModelSerializer.restoreComputationGraph(file.toFile(), true))
                : Optional.empty();
    }

    void save(ComputationGraph network, List<CurvePoint> curve) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (CurvePoint point : curve) {
            lines.append(LINES.writeValueAsString(point)).append('\n');
        }
        write(CURVE, lines.toString());
        save(network, CHECKPOINT, true);
    }

    /** The curve up to a number of images; what a killed run wrote beyond its checkpoint is dropped. */
    List<CurvePoint> curve(long upToImages) throws IOException {
        List<CurvePoint> curve = new ArrayList<>();
        Path file = folder.resolve(CURVE);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                CurvePoint point = LINES.readValue(line, CurvePoint.class);
                if (point.images() <= upToImages) {
                    curve.add(point);
                }
            }
        }
        return curve;
    }

    /** Writes the network without its optimiser and returns the file. */
    Path saveModel(ComputationGraph network) throws IOException {
        save(network, TouchstoneFeatures.MODEL, false);
        return folder.resolve(TouchstoneFeatures.MODEL);
    }

    void saveCard(ModelCard card) throws IOException {
        write(TouchstoneFeatures.CARD, JSON.writeValueAsString(card) + "\n");
    }

    private void save(ComputationGraph network, String name, boolean optimiser) throws IOException {
        AtomicFile.write(folder.resolve(name), out -> ModelSerializer.writeModel(network, out, optimiser));
    }

    private void write(String name, String text) throws IOException {
        AtomicFile.write(folder.resolve(name), text);
    }
}
