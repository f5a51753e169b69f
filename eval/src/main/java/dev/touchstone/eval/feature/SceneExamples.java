package dev.touchstone.eval.feature;

import dev.touchstone.generator.image.RgbImage;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;

/**
 * Examples rendered from the built-in world, the workflows in turn. Two in three are 64 x 64 pixels, the rest larger or of
 * social aspect, because that is what the network will be shown; training examples carry mild defects.
 */
final class SceneExamples implements ExampleSource {

    private final long seed;

    SceneExamples(long seed) {
        this.seed = seed;
    }

    @Override
    public Example training(long index) {
        Scene scene = scene(Split.TRAINING, index);
        CounterRandom random = new CounterRandom(seed, "feature-training-defects", index);
        return new Example(Augmentation.apply(render(scene, random), random), scene.values());
    }

    @Override
    public Example heldBack(long index) {
        Scene scene = scene(Split.GOLDEN, index);
        return new Example(render(scene, new CounterRandom(seed, "feature-held-back-size", index)), scene.values());
    }

    private Scene scene(Split split, long index) {
        Workflow[] workflows = Workflow.values();
        Workflow workflow = workflows[(int) (index % workflows.length)];
        return SceneSampler.sample(seed, split, workflow, index / workflows.length);
    }

    private static RgbImage render(Scene scene, CounterRandom random) {
        int kind = random.nextInt(6);
        int width = kind == 4 ? 96 : 64;
        int height = kind == 4 ? 96 : kind == 5 ? 80 : 64;
        return RgbImage.of(SceneRenderer.render(scene, width, height));
    }
}
