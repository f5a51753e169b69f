package dev.touchstone.eval.training;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.RgbImage;
import java.util.Collections;
import java.util.List;

/**
 * Examples rendered from the built-in world, the workflows in turn. Two in three are 64 x 64 pixels, the rest larger or of
 * social aspect, because that is what the network will be shown; training examples carry mild defects.
 */
final class SceneExamples implements ExampleSource {

    /** Workflows of training examples in turn: small and rare things, faces and counts above all, are shown more often. */
    private static final List<Workflow> TRAINING_ORDER = List.of(
            Workflow.PORTRAIT_REALISM,
            Workflow.FAILURE_PROBES,
            Workflow.STYLISED_ART,
            Workflow.PORTRAIT_REALISM,
            Workflow.FAILURE_PROBES,
            Workflow.STYLISED_ART,
            Workflow.PORTRAIT_REALISM,
            Workflow.MARKETING_ASSETS,
            Workflow.PORTRAIT_REALISM,
            Workflow.FAILURE_PROBES,
            Workflow.STYLISED_ART,
            Workflow.EDIT_WORKFLOWS);

    private final long seed;

    SceneExamples(long seed) {
        this.seed = seed;
    }

    @Override
    public Example training(long index) {
        Scene scene = scene(Split.TRAINING, TRAINING_ORDER, index);
        CounterRandom random = new CounterRandom(seed, "feature-training-defects", index);
        return new Example(Augmentation.apply(render(scene, random), random), scene.values());
    }

    @Override
    public Example heldBack(long index) {
        Scene scene = scene(Split.GOLDEN, List.of(Workflow.values()), index);
        return new Example(render(scene, new CounterRandom(seed, "feature-held-back-size", index)), scene.values());
    }

    private Scene scene(Split split, List<Workflow> order, long index) {
        int place = (int) (index % order.size());
        Workflow workflow = order.get(place);
        int perRound = Collections.frequency(order, workflow);
        int before = Collections.frequency(order.subList(0, place), workflow);
        return SceneSampler.sample(seed, split, workflow, index / order.size() * perRound + before);
    }

    private static RgbImage render(Scene scene, CounterRandom random) {
        int kind = random.nextInt(6);
        int width = kind == 4 ? 96 : 64;
        int height = kind == 4 ? 96 : kind == 5 ? 80 : 64;
        return RgbImage.of(SceneRenderer.render(scene, width, height));
    }
}
