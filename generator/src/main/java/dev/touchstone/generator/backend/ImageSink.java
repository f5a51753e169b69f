package dev.touchstone.generator.backend;

import dev.touchstone.metrics.image.RgbImage;

/**
 * Takes finished images from a back end, each as soon as its batch is decoded. Called from one thread. From the call on, time
 * counts as {@code saving} until the back end reports its next phase; one that decodes image by image enters decoding again.
 */
public interface ImageSink {

    /** One finished image of the request. */
    void accept(int imageIndex, GeneratedImage image);

    /** One finished image of the request, of which nothing else is known. */
    default void accept(int imageIndex, RgbImage image) {
        accept(imageIndex, GeneratedImage.of(image));
    }

    /** An unfinished picture of an image came; the first one is the time to first preview. */
    default void preview(int imageIndex) {}

    /** An image is refused by the back end's policy; it will not come. Counts as moderated, not as failed. */
    default void moderated(int imageIndex, String reason) {}

    /** What came for an image cannot be taken; it will not come again. Counts as failed. */
    default void rejected(int imageIndex, String reason) {}

    /** What the model is given in place of the prompt. Said before the first image, by back ends that revise prompts. */
    default void revised(RevisedPrompt prompt) {}

    /** How the image that is handed over next was chosen. Said by back ends that draw several and keep one. */
    default void selected(int imageIndex, Selection selection) {}

    /**
     * A try begins now. Back ends that may try more than once, or whose tries cost fees, say each; where nothing is said, the
     * request is one attempt from sent to delivered. The begin is on the disk before the attempt costs anything.
     */
    default OpenAttempt attempt() {
        return end -> {};
    }

    /** A try that has begun. */
    @FunctionalInterface
    interface OpenAttempt {

        /** It ends now. Called once. */
        void end(AttemptEnd end);
    }
}
