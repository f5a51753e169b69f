package dev.touchstone.generator.model;

import java.util.List;
import java.util.Optional;

/**
 * Images of one prompt that are made at once.
 *
 * @param widthPixels a multiple of 16
 * @param heightPixels a multiple of 16
 * @param seed of the run
 * @param promptId with the seed and the image index it keys the starting noise
 * @param imageIndexes at least one
 * @param sampling how
 * @param edit what to start from, for edits
 */
public record PebbleBatch(
        int widthPixels,
        int heightPixels,
        long seed,
        String promptId,
        List<Integer> imageIndexes,
        Sampling sampling,
        Optional<Edit> edit) {

    /** @throws IllegalArgumentException if there is no image or an edit's input has another size */
    public PebbleBatch {
        imageIndexes = List.copyOf(imageIndexes);
        if (imageIndexes.isEmpty()) {
            throw new IllegalArgumentException("batch of " + promptId + ": expected at least one image, found none");
        }
        if (edit.isPresent()
                && (edit.get().input().widthPixels() != widthPixels
                        || edit.get().input().heightPixels() != heightPixels)) {
            throw new IllegalArgumentException("edit input of " + promptId + ": expected " + widthPixels + " x "
                    + heightPixels + ", found " + Edit.size(edit.get().input()));
        }
    }
}
