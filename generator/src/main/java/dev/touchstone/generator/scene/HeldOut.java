package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;

/**
 * The tenth of all combinations of subject, colour, ground, word and count that training never shows, so that a model's
 * ability to combine what it learned can be told from memory. An empty background is never held out.
 */
public final class HeldOut {

    private static final int ONE_IN = 10;

    private HeldOut() {}

    /** Whether the scene's combination is kept from training; the answer never changes between versions. */
    public static boolean contains(Scene scene) {
        if (scene.subject().equals(SceneGrammar.NOTHING)) {
            return false;
        }
        String key = String.join(
                "|",
                scene.subject(),
                scene.value(Attribute.COLOUR).orElse(""),
                scene.value(Attribute.GROUND).orElse(""),
                scene.value(Attribute.WORD).orElse(""),
                scene.value(Attribute.COUNT).orElse(""));
        return Math.floorMod(CounterRandom.hash(key), ONE_IN) == 0;
    }
}
