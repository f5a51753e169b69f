package dev.touchstone.generator.simulator;

import dev.touchstone.metrics.image.RgbImage;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of the simulated model.
 *
 * @param request what makes the request itself; the same text is the same request
 * @param prompt text
 * @param seed of the pictures; the one with index i differs from the others
 * @param count of pictures, at least 1
 * @param widthPixels at least 8
 * @param heightPixels at least 8
 * @param steps of sampling, where they are said
 * @param edit what is edited
 * @param fault what goes wrong
 */
record Ask(
        String request,
        String prompt,
        long seed,
        int count,
        int widthPixels,
        int heightPixels,
        OptionalInt steps,
        Optional<EditedInput> edit,
        Optional<Fault> fault) {

    /**
     * What an edit starts from.
     *
     * @param input a picture
     * @param mask white where it may change, of the same size; without one it may change everywhere
     */
    record EditedInput(RgbImage input, Optional<RgbImage> mask) {}

    boolean suffers(Fault one) {
        return fault.filter(one::equals).isPresent();
    }

    String cohort() {
        return edit.isPresent() ? "edit-workflows" : SceneArtist.cohort(prompt);
    }
}
