package dev.touchstone.generator.backend;

import dev.touchstone.metrics.image.RgbImage;

/**
 * Takes finished images from a back end, each as soon as its batch is decoded. Called from one thread. From the call on, time
 * counts as {@code saving} until the back end reports its next phase; one that decodes image by image enters decoding again.
 */
public interface ImageSink {

    /** One finished image of the request. */
    void accept(int imageIndex, RgbImage image);

    /** What the model is given in place of the prompt. Said before the first image, by back ends that revise prompts. */
    default void revised(RevisedPrompt prompt) {}

    /** How the image that is handed over next was chosen. Said by back ends that draw several and keep one. */
    default void selected(int imageIndex, Selection selection) {}
}
