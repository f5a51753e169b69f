package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.BackendCapabilities.Timing;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.metrics.image.Fingerprint;
import dev.touchstone.metrics.image.ImageFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
     * @param answered what the back end said it used; empty members are unknown
     * @param selection how it was chosen, where several were drawn for it
     * @param deliveredSeconds when this image's file was whole, on the session's clock
     */
    record Complete(
            ImageId id,
            Asked asked,
            RequestTimes request,
            ImageFile file,
            Answered answered,
            Optional<Selection> selection,
            double deliveredSeconds)
            implements ImageRecord {}

    /**
     * An image that was not made.
     *
     * @param outcome how it was not made
     * @param reason one line
     * @param kind what kind of error it was, where the back end failed
     * @param failedPhase what the request was doing
     */
    record Failed(
            ImageId id,
            Asked asked,
            RequestTimes request,
            Outcome outcome,
            String reason,
            Optional<String> kind,
            Phase failedPhase)
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
     * @param seed the run's seed; the image's noise is keyed by (seed, prompt id, image index). Empty where the back end takes none
     * @param prompt text
     * @param negativePrompt text, may be empty
     * @param revised what the model was given instead of the prompt, where prompts are revised
     * @param settings how it was sampled
     */
    record Asked(
            int widthPixels,
            int heightPixels,
            OptionalLong seed,
            String prompt,
            String negativePrompt,
            Optional<RevisedPrompt> revised,
            Settings settings) {}

    /** How an image was to be sampled. What the manifest does not say is empty. */
    record Settings(
            Optional<String> sampler,
            OptionalInt steps,
            OptionalDouble guidance,
            Optional<String> precision,
            String runtime) {}

    /**
     * When a request ran, on the monotonic clock of its session.
     *
     * @param session from 1
     * @param intendedStartSeconds when load said it should start; equals {@code sentSeconds} in closed-loop runs
     * @param sentSeconds when it was handed to the back end
     * @param firstImageSeconds when the back end handed over its first whole image; empty if none came
     * @param deliveredSeconds when its last image was on the disk, or when it failed
     * @param details what else is known of the request
     */
    record RequestTimes(
            int session,
            double intendedStartSeconds,
            double sentSeconds,
            OptionalDouble firstImageSeconds,
            double deliveredSeconds,
            RequestDetails details) {}

    /**
     * What else is known of a request. All of it is empty in runs of versions that did not write it.
     *
     * @param firstPreviewSeconds when the first unfinished picture came
     * @param attempts every try, in order; empty where the request was one try of which the back end says nothing more
     * @param load how busy the machine was
     * @param timing where the times come from
     */
    record RequestDetails(
            OptionalDouble firstPreviewSeconds, List<Attempt> attempts, Optional<HostLoad> load, Timing timing) {

        /** Nothing else is known. */
        public static final RequestDetails NONE =
                new RequestDetails(OptionalDouble.empty(), List.of(), Optional.empty(), Timing.MEASURED);

        public RequestDetails {
            attempts = List.copyOf(attempts);
        }

        /** What the attempts cost where prices are known, in the manifest's currency; 0 without attempts. */
        public double feesAmount() {
            return attempts.stream()
                    .flatMap(attempt -> attempt.end().usage().stream())
                    .mapToDouble(usage -> usage.amount().orElse(0))
                    .sum();
        }
    }

    /**
     * One try of a request.
     *
     * @param number from 1
     * @param sentSeconds when it began, on the session's clock
     * @param endSeconds when it ended
     * @param end how, with what was used up; amounts follow from the manifest's prices where the back end names none
     */
    record Attempt(int number, double sentSeconds, double endSeconds, AttemptEnd end) {}

    /**
     * A picture on the disk.
     *
     * @param path within the run folder, with {@code /}
     * @param sha256 of the file's bytes
     * @param bytes the file's length
     * @param fingerprint what the picture looks like
     * @param picture format and size as they are
     */
    record ImageFile(String path, String sha256, long bytes, Fingerprint fingerprint, PictureForm picture) {}

    /**
     * Format and size of a picture, whatever was asked.
     *
     * @param format {@code PNG, JPEG} or {@code WEBP}
     * @param widthPixels as it is
     * @param heightPixels as it is
     */
    record PictureForm(ImageFormat format, int widthPixels, int heightPixels) {}
}
