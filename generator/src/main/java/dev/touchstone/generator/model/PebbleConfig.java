package dev.touchstone.generator.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Sizes of a pebble model, as its weights file states them.
 *
 * @param vocabulary tokens, the three reserved ones among them
 * @param width of a token's vector, a multiple of {@code heads}
 * @param heads of every attention
 * @param textLayers blocks of the text encoder
 * @param layers blocks of the flow transformer
 * @param textTokens tokens of a prompt, padding among them
 * @param latent numbers of a cell, a multiple of 4
 * @param coarse channels of the picture networks at 8 x 8 pixels
 * @param middle channels of the picture networks at 4 x 4 pixels
 * @param fine channels of the decoder at 2 x 2 pixels
 */
record PebbleConfig(
        int vocabulary,
        int width,
        int heads,
        int textLayers,
        int layers,
        int textTokens,
        int latent,
        int coarse,
        int middle,
        int fine) {

    /** Side in pixels of what a cell stands for. */
    static final int CELL = 16;

    static final int POSITION_FEATURES = 64;
    static final int CONDITION_FEATURES = 130;

    /** @throws IllegalArgumentException with all problems */
    PebbleConfig {
        List<String> problems = new ArrayList<>();
        check(problems, "vocabulary", vocabulary, 4, 65_536);
        check(problems, "width", width, 8, 4_096);
        check(problems, "heads", heads, 1, 64);
        check(problems, "text_layers", textLayers, 1, 64);
        check(problems, "layers", layers, 1, 64);
        check(problems, "text_tokens", textTokens, 1, 1_024);
        check(problems, "latent", latent, 4, 1_024);
        check(problems, "coarse", coarse, 1, 1_024);
        check(problems, "middle", middle, 1, 1_024);
        check(problems, "fine", fine, 1, 1_024);
        if (problems.isEmpty() && width % heads != 0) {
            problems.add("width: expected a multiple of heads (" + heads + "), found " + width);
        }
        if (problems.isEmpty() && latent % 4 != 0) {
            problems.add("latent: expected a multiple of 4, found " + latent);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    private static void check(List<String> problems, String name, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(name + ": expected " + least + " to " + most + ", found " + value);
        }
    }
}
