package dev.touchstone.generator.backend;

import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * One submission of one prompt: all its images, in batches.
 *
 * @param promptId whose images these are; with the seed and the image index it keys the starting noise
 * @param prompt text
 * @param negativePrompt text, may be empty
 * @param widthPixels of the images
 * @param heightPixels of the images
 * @param seed the run's seed
 * @param imageIndexes indexes of the wanted images, each once, in the order in which they are made
 * @param batchSize most images made at once, at least 1
 * @param settings how to sample
 * @param edit input and mask, where the prompt is an edit
 */
public record ImageRequest(
        PromptId promptId,
        String prompt,
        String negativePrompt,
        int widthPixels,
        int heightPixels,
        long seed,
        List<Integer> imageIndexes,
        int batchSize,
        SamplingSettings settings,
        Optional<EditInput> edit) {

    public ImageRequest {
        imageIndexes = List.copyOf(imageIndexes);
        if (batchSize < 1 || imageIndexes.isEmpty()) {
            throw new IllegalArgumentException("request " + promptId + ": expected at least one image and a batch size"
                    + " of at least 1, found " + imageIndexes.size() + " and " + batchSize);
        }
    }

    /** The same request for other images. */
    ImageRequest withImageIndexes(List<Integer> indexes) {
        return new ImageRequest(
                promptId, prompt, negativePrompt, widthPixels, heightPixels, seed, indexes, batchSize, settings, edit);
    }

    /** The same request in other words; the noise stays. */
    ImageRequest withPrompt(String text) {
        return new ImageRequest(
                promptId,
                text,
                negativePrompt,
                widthPixels,
                heightPixels,
                seed,
                imageIndexes,
                batchSize,
                settings,
                edit);
    }

    /**
     * How the model samples.
     *
     * @param sampler which integrator
     * @param steps at least 1
     * @param guidance classifier-free guidance scale; 1 means none
     */
    public record SamplingSettings(Sampler sampler, int steps, double guidance) {
        public SamplingSettings {
            if (steps < 1 || !(guidance >= 0)) {
                throw new IllegalArgumentException(
                        "sampling: expected steps >= 1 and guidance >= 0, found " + steps + " and " + guidance);
            }
        }
    }

    /** Integrators of the sampling equation. Heun evaluates the network twice per step (once in the last). */
    public enum Sampler {
        EULER,
        HEUN
    }

    /**
     * What an edit starts from.
     *
     * @param mode how the input is used
     * @param input the picture to edit, of the request's size
     * @param mask white (255 in every channel) where pixels may change, of the request's size
     * @param strength share of the way from the input to pure noise at which sampling starts, in (0, 1]
     */
    public record EditInput(EditSpec.EditMode mode, RgbImage input, RgbImage mask, double strength) {}
}
