package dev.touchstone.generator.backend;

import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

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
 * @param previews unfinished pictures wanted of each image, at least 0
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
        int previews,
        SamplingSettings settings,
        Optional<EditInput> edit) {

    /** Without previews. */
    public ImageRequest(
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
        this(
                promptId,
                prompt,
                negativePrompt,
                widthPixels,
                heightPixels,
                seed,
                imageIndexes,
                batchSize,
                0,
                settings,
                edit);
    }

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
                promptId,
                prompt,
                negativePrompt,
                widthPixels,
                heightPixels,
                seed,
                indexes,
                batchSize,
                previews,
                settings,
                edit);
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
                previews,
                settings,
                edit);
    }

    /**
     * A seed for one image, for back ends that take one seed per image: the same (seed, prompt, image) always gives the same.
     *
     * @param bits how many bits the back end's seeds have, in [1, 63]
     * @return in [0, 2^bits - 1]
     */
    public long imageSeed(int imageIndex, int bits) {
        if (bits < 1 || bits > 63) {
            throw new IllegalArgumentException("image seed: expected bits in [1, 63], found " + bits);
        }
        return new CounterRandom(seed, "image-seed " + promptId, imageIndex).nextLong() >>> (64 - bits);
    }

    /**
     * How the model samples. What the manifest does not say is empty, and the back end's own.
     *
     * @param sampler name of the integrator
     * @param steps at least 1
     * @param guidance classifier-free guidance scale; 1 means none
     */
    public record SamplingSettings(Optional<String> sampler, OptionalInt steps, OptionalDouble guidance) {

        /** Nothing is said. */
        public static final SamplingSettings NONE =
                new SamplingSettings(Optional.empty(), OptionalInt.empty(), OptionalDouble.empty());

        public SamplingSettings {
            if (steps.orElse(1) < 1 || !(guidance.orElse(0) >= 0)) {
                throw new IllegalArgumentException(
                        "sampling: expected steps >= 1 and guidance >= 0, found " + steps + " and " + guidance);
            }
        }

        /** Everything is said. */
        public SamplingSettings(Sampler sampler, int steps, double guidance) {
            this(Optional.of(sampler.id()), OptionalInt.of(steps), OptionalDouble.of(guidance));
        }
    }

    /** Integrators of the built-in model. Heun evaluates the network twice per step (once in the last). */
    public enum Sampler {
        EULER,
        HEUN;

        /** The name in manifests and records. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What an edit starts from.
     *
     * @param mode how the input is used
     * @param input the picture to edit, of the request's size
     * @param mask white (255 in every channel) where pixels may change, of the request's size
     * @param strength share of the way from the input to pure noise at which sampling starts, in (0, 1]
     * @param instruction what a person would ask for, for models that edit by instruction; the prompt describes the wanted picture
     */
    public record EditInput(
            EditSpec.EditMode mode, RgbImage input, RgbImage mask, double strength, String instruction) {

        /** Without an instruction. */
        public EditInput(EditSpec.EditMode mode, RgbImage input, RgbImage mask, double strength) {
            this(mode, input, mask, strength, "");
        }
    }
}
