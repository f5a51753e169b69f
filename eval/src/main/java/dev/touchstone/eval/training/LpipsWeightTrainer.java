package dev.touchstone.eval.training;

import dev.touchstone.eval.training.LinearWeightTrainer.Ladder;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Learns the perceptual weights of a trained feature network and checks them on held-back scenes. */
public final class LpipsWeightTrainer {

    private static final long SEED = 20261121;

    private LpipsWeightTrainer() {}

    /** {@code FOLDER [IMAGES]}: a folder with a trained model; writes {@code perceptual-weights.json} into it. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("expected a folder with a trained model and at most a number of images");
            System.exit(2);
        }
        Path folder = Path.of(arguments[0]);
        int images = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
        LinearWeights weights = learn(TouchstoneFeatures.open(folder), images);
        AtomicFile.write(folder.resolve("perceptual-weights.json"), weights.toJson());
    }

    /**
     * Learns on training scenes, checks on as many golden scenes, reports both on stderr.
     *
     * @param images scenes to learn from, at least 1
     */
    static LinearWeights learn(TouchstoneFeatures network, int images) {
        LinearWeightTrainer trainer = new LinearWeightTrainer(network, SEED);
        LinearWeights uniform = LinearWeights.uniform(network);
        double[] start = uniform.layers().stream()
                .flatMap(layer -> layer.weights().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] learnt = trainer.learn(trainer.ladders(scenes(Split.TRAINING, images)), start);
        List<Ladder> heldBack = trainer.ladders(scenes(Split.GOLDEN, images));
        SortedMap<?, Double> before = LinearWeightTrainer.ordered(heldBack, start);
        SortedMap<?, Double> after = LinearWeightTrainer.ordered(heldBack, learnt);
        System.err.println("perceptual weights: held-back triplets in order, uniform " + before + ", learnt " + after);
        String origin = String.format(
                Locale.ROOT,
                "learnt from %d training scenes, six distortions at five strengths; on %d golden scenes %.2f %% of triplets are in"
                        + " order (uniform weights: %.2f %%)",
                images,
                images,
                100 * mean(after),
                100 * mean(before));
        List<LinearWeights.Layer> layers = new ArrayList<>();
        int offset = 0;
        for (LinearWeights.Layer layer : uniform.layers()) {
            List<Double> weights = new ArrayList<>();
            for (int i = 0; i < layer.weights().size(); i++) {
                weights.add((double) (float) learnt[offset++]);
            }
            layers.add(new LinearWeights.Layer(layer.name(), weights));
        }
        return new LinearWeights(1, network.name(), network.weightsDigest(), origin, layers);
    }

    private static double mean(SortedMap<?, Double> shares) {
        return shares.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private static List<RgbImage> scenes(Split split, int count) {
        List<RgbImage> scenes = new ArrayList<>();
        Workflow[] workflows = Workflow.values();
        for (int i = 0; i < count; i++) {
            Scene scene = SceneSampler.sample(SEED, split, workflows[i % workflows.length], i / workflows.length);
            scenes.add(RgbImage.of(SceneRenderer.render(scene, 64, 64)));
        }
        return scenes;
    }
}
