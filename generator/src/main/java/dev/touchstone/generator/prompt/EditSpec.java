package dev.touchstone.generator.prompt;

/**
 * What an edit prompt starts from: a pair of the golden set, which holds the input, the mask and the expected target.
 *
 * @param mode how the input is used
 * @param pair name of the edit pair in the golden set
 * @param instruction what a person would ask for; the prompt text describes the wanted picture
 */
public record EditSpec(EditMode mode, String pair, String instruction) {

    /** How an edit uses its input. */
    public enum EditMode {
        /** New pixels inside the mask, the input outside it. */
        INPAINT,
        /** New background, the subject stays. */
        BACKGROUND,
        /** The subject in another colour. */
        RECOLOR,
        /** The whole picture again, started from the noised input. */
        VARIATION
    }
}
