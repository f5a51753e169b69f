package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.metrics.image.Fingerprint;
import java.util.Optional;
import java.util.OptionalDouble;

/** What became of one image of a run: a line of {@code images.jsonl}. */
public sealed interface ImageRecord {

    /** Which image. */
    ImageId id();

    /** What was asked for. */
    Asked asked();

    /** When its request ran. */
    RequestTimes request();

    /**
     * An image on the disk.
     *
     * @param file where, and what it holds
     * @param selection how it was chosen, where several were drawn for it
     * @param deliveredSeconds when this image's file was whole, on the session's clock
     */
    record Complete(
            ImageId id,
            Asked asked,
            RequestTimes request,
            ImageFile file,
            Optional<Selection> selection,
            double deliveredSeconds)
            implements ImageRecord {}

    /**
     * An image that was not made.
     *
     * @param outcome how it was not made
     * @param reason one line
     * @param failedPhase what the request was doing
     */
    record Failed(ImageId id, Asked asked, RequestTimes request, Outcome outcome, String reason, Phase failedPhase)
            implements ImageRecord {}

    /** Why there is no image. */
    enum Outcome {
        /** The back end failed. */
        FAILED("failed"),
        /** The back end refused by policy. */
        MODERATED("moderated"),
        /** The back end answered without it. */
        MISSING("missing");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The status in records. */
        public String id() {
            return id;
        }
    }

    /**
     * What was asked for.
     *
     * @param widthPixels wanted width
     * @param heightPixels wanted height
     * @param seed the run's seed; the image's noise is keyed by (seed, prompt id, image index)
     * @param prompt text
     * @param negativePrompt text, may be empty
     * @param revised what the model was given instead of the prompt, where prompts are revised
     * @param settings how it was sampled
     */
    record Asked(
            int widthPixels,
            int heightPixels,
            long seed,
            String prompt,
            String negativePrompt,
            Optional<RevisedPrompt> revised,
            Settings settings) {}

    /** How an image was sampled; {@code sampler} is {@code euler} or {@code heun}. */
    record Settings(String sampler, int steps, double guidance, String precision, String runtime) {}

    /**
     * When a request ran, on the monotonic clock of its session.
     *
     * @param session from 1
     * @param intendedStartSeconds when load said it should start; equals {@code sentSeconds} in closed-loop runs
     * @param sentSeconds when it was handed to the back end
     * @param firstImageSeconds when the back end handed over its first whole image; empty if none came
     * @param deliveredSeconds when its last image was on the disk, or when it failed
     */
    record RequestTimes(
            int session,
            double intendedStartSeconds,
            double sentSeconds,
            OptionalDouble firstImageSeconds,
            double deliveredSeconds) {}

    /**
     * A picture on the disk.
     *
     * @param path within the run folder, with {@code /}
     * @param sha256 of the file's bytes
     * @param bytes the file's length
     * @param fingerprint what the picture looks like
     */
    record ImageFile(String path, String sha256, long bytes, Fingerprint fingerprint) {}
}
