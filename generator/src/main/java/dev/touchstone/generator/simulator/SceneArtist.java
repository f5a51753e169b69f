package dev.touchstone.generator.simulator;

import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Draws what a prompt asks for with the scene renderer, well or badly. Stateless. */
final class SceneArtist {

    /** Prompts of no workflow. */
    static final String NO_COHORT = "other";

    /** Parts of a side that a spoilt picture is left with. */
    private static final int PARTS = 4;

    private static final List<Workflow> DRAWN = List.of(
            Workflow.PORTRAIT_REALISM, Workflow.MARKETING_ASSETS, Workflow.STYLISED_ART, Workflow.FAILURE_PROBES);

    private SceneArtist() {}

    /** The first workflow that has what the prompt asks for; {@value #NO_COHORT} if none does. */
    static String cohort(String prompt) {
        return workflow(Caption.parse(prompt)).map(Workflow::id).orElse(NO_COHORT);
    }

    /** A picture of the prompt; the same (prompt, seed, index) gives the same. */
    static RgbImage draw(String prompt, long seed, int index, int widthPixels, int heightPixels) {
        CounterRandom random = new CounterRandom(seed, "picture " + prompt, index);
        SortedMap<Attribute, String> asks = Caption.parse(prompt);
        Scene scene = workflow(asks)
                .flatMap(workflow -> SceneSampler.complete(asks, workflow, random))
                .orElseGet(() -> SceneSampler.sample(
                        random.nextLong(), Split.PROMPT, Workflow.STYLISED_ART, random.nextInt(1_000)));
        return RgbImage.of(SceneRenderer.render(scene, widthPixels, heightPixels));
    }

    /** The picture as nobody could use it: a few flat blocks. */
    static RgbImage spoilt(RgbImage picture) {
        int width = picture.widthPixels();
        int height = picture.heightPixels();
        byte[] rgb = new byte[picture.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = x * PARTS / width * width / PARTS;
                int fromY = y * PARTS / height * height / PARTS;
                for (int channel = 0; channel < 3; channel++) {
                    rgb[(y * width + x) * 3 + channel] = (byte) picture.sample(fromX, fromY, (channel + 1) % 3);
                }
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** The drawn picture where the mask is white, the input elsewhere. */
    static RgbImage merged(RgbImage drawn, RgbImage input, RgbImage mask) {
        byte[] rgb = input.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            if ((mask.rgb()[i] & 0xFF) >= 128) {
                rgb[i] = drawn.rgb()[i];
            }
        }
        return new RgbImage(input.widthPixels(), input.heightPixels(), rgb);
    }

    private static Optional<Workflow> workflow(SortedMap<Attribute, String> asks) {
        return DRAWN.stream()
                .filter(one -> SceneSampler.complete(asks, one, new CounterRandom(0, "workflow", 0))
                        .isPresent())
                .findFirst();
    }
}
