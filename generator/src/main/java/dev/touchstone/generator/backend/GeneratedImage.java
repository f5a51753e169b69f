package dev.touchstone.generator.backend;

import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One finished image as a back end hands it over.
 *
 * @param content the picture
 * @param answered what the back end said about it
 */
public record GeneratedImage(Content content, Answered answered) {

    public GeneratedImage {
        Objects.requireNonNull(content);
        Objects.requireNonNull(answered);
    }

    /** The picture. */
    public sealed interface Content {

        /** Pixels in memory; saved as PNG. */
        record Pixels(RgbImage image) implements Content {}

        /**
         * A PNG, JPEG or WebP file as it came; saved byte for byte.
         *
         * @param bytes not copied; nobody writes to them afterwards
         */
        record Encoded(byte[] bytes) implements Content {}
    }

    /**
     * What the back end said about an image. What it did not say is empty, and recorded as unknown.
     *
     * @param model id of the model that answered
     * @param provider who served it, such as a host or a build
     * @param seed that was used for this image
     * @param steps that were used
     * @param sampler that was used
     * @param guidance that was used
     * @param revised what the model was given in place of the prompt
     */
    public record Answered(
            Optional<String> model,
            Optional<String> provider,
            OptionalLong seed,
            OptionalInt steps,
            Optional<String> sampler,
            OptionalDouble guidance,
            Optional<RevisedPrompt> revised) {

        /** The back end said nothing. */
        public static final Answered NOTHING = new Answered(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty());

        /** The same with who answered. */
        public Answered by(String modelId, String servedBy) {
            return new Answered(Optional.of(modelId), Optional.of(servedBy), seed, steps, sampler, guidance, revised);
        }

        /** The same with the seed that was used. */
        public Answered withSeed(long used) {
            return new Answered(model, provider, OptionalLong.of(used), steps, sampler, guidance, revised);
        }

        /** The same with how it was sampled. */
        public Answered withSampling(OptionalInt usedSteps, Optional<String> usedSampler, OptionalDouble usedGuidance) {
            return new Answered(model, provider, seed, usedSteps, usedSampler, usedGuidance, revised);
        }

        /** The same without a revised prompt, for records that hold it elsewhere. */
        public Answered withoutRevised() {
            return new Answered(model, provider, seed, steps, sampler, guidance, Optional.empty());
        }

        /** The same with a revised prompt. */
        public Answered withRevised(RevisedPrompt prompt) {
            return new Answered(model, provider, seed, steps, sampler, guidance, Optional.of(prompt));
        }
    }

    /** Pixels in memory. */
    public static GeneratedImage of(RgbImage image) {
        return new GeneratedImage(new Content.Pixels(image), Answered.NOTHING);
    }

    /** A file's bytes as they came. */
    public static GeneratedImage encoded(byte[] bytes) {
        return new GeneratedImage(new Content.Encoded(bytes), Answered.NOTHING);
    }

    /** The same picture with what was said about it. */
    public GeneratedImage answered(Answered said) {
        return new GeneratedImage(content, said);
    }

    /**
     * The pixels.
     *
     * @throws dev.touchstone.metrics.image.ImageDecodeException if the bytes are not a whole picture
     */
    public RgbImage pixels() {
        return content instanceof Content.Encoded encoded
                ? new ImageDecoder().decode(encoded.bytes(), "answer")
                : ((Content.Pixels) content).image();
    }
}
