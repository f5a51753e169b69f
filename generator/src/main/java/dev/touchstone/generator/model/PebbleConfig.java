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
 * @param decoderChannels of the decoder's convolutions
 * @param decoderLayers convolutions between the decoder's first and last
 */
record PebbleConfig(
        int vocabulary,
        int width,
        int heads,
        int textLayers,
        int layers,
        int textTokens,
        int decoderChannels,
        int decoderLayers) {

    /** Side of a patch in pixels. */
    static final int PATCH = 8;

    static final int PATCH_VALUES = PATCH * PATCH * 3;
    static final int POSITION_FEATURES = 64;
    static final int CONDITION_FEATURES = 130;
    static final int CELL_VALUES = 12;

    /** @throws IllegalArgumentException with all problems */
    PebbleConfig {
        List<String> problems = new ArrayList<>();
        check(problems, "vocabulary", vocabulary, 4, 65_536);
        check(problems, "width", width, 8, 4_096);
        check(problems, "heads", heads, 1, 64);
        check(problems, "text_layers", textLayers, 1, 64);
        check(problems, "layers", layers, 1, 64);
        check(problems, "text_tokens", textTokens, 1, 1_024);
        check(problems, "decoder_channels", decoderChannels, 1, 1_024);
        check(problems, "decoder_layers", decoderLayers, 0, 64);
        if (problems.isEmpty() && width % heads != 0) {
            problems.add("width: expected a multiple of heads (" + heads + "), found " + width);
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
