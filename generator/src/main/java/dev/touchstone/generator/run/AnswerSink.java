package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendCapabilities.AnswerSize;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.GeneratedImage.Content;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseClock;
import dev.touchstone.generator.phase.RequestPhases;
import dev.touchstone.generator.run.ImageRecord.ImageFile;
import dev.touchstone.generator.run.ImageRecord.PictureForm;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.Fingerprint;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageFormat;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes what comes back for one request: saves pictures as they came, and remembers what was said about each. */
final class AnswerSink implements ImageSink {

    private final RunFolder folder;
    private final PlannedRequest planned;
    private final RequestPhases phases;
    private final PhaseClock clock;
    private final StopSignal stop;
    private final BackendCapabilities capabilities;
    private final AttemptRecorder attempts;
    private final SortedMap<Integer, Saved> saved = new TreeMap<>();
    private final SortedMap<Integer, Selection> selections = new TreeMap<>();
    private final SortedMap<Integer, String> moderated = new TreeMap<>();
    private final SortedMap<Integer, String> bad = new TreeMap<>();
    private Optional<RevisedPrompt> revised = Optional.empty();
    private OptionalDouble firstPreviewSeconds = OptionalDouble.empty();
    private OptionalDouble firstImageSeconds = OptionalDouble.empty();
    // Kept beside being thrown, because a back end may wrap what passes through it.
    private Optional<RunFolderException> unsaved = Optional.empty();

    AnswerSink(
            RunFolder folder,
            PlannedRequest planned,
            RequestPhases phases,
            PhaseClock clock,
            StopSignal stop,
            BackendCapabilities capabilities,
            AttemptRecorder attempts) {
        this.folder = folder;
        this.planned = planned;
        this.phases = phases;
        this.clock = clock;
        this.stop = stop;
        this.capabilities = capabilities;
        this.attempts = attempts;
    }

    /**
     * A picture on the disk.
     *
     * @param file where, and what it holds
     * @param answered what was said about it
     * @param deliveredSeconds when the file was whole
     */
    record Saved(ImageFile file, Answered answered, double deliveredSeconds) {}

    SortedMap<Integer, Saved> saved() {
        return saved;
    }

    Optional<Selection> selection(int imageIndex) {
        return Optional.ofNullable(selections.get(imageIndex));
    }

    /** Reasons of images that the back end's policy refused. */
    SortedMap<Integer, String> moderations() {
        return moderated;
    }

    /** What is wrong with answers that are no picture, or not the one that was asked for. */
    SortedMap<Integer, String> badAnswers() {
        return bad;
    }

    Optional<RevisedPrompt> revision() {
        return revised;
    }

    OptionalDouble firstPreview() {
        return firstPreviewSeconds;
    }

    OptionalDouble firstImage() {
        return firstImageSeconds;
    }

    Optional<RunFolderException> unsavedPicture() {
        return unsaved;
    }

    @Override
    public void revised(RevisedPrompt prompt) {
        revised = Optional.of(prompt);
    }

    @Override
    public void selected(int imageIndex, Selection selection) {
        selections.put(imageIndex, selection);
    }

    @Override
    public void preview(int imageIndex) {
        stop.check();
        if (firstPreviewSeconds.isEmpty()) {
            firstPreviewSeconds = OptionalDouble.of(PhaseClock.seconds(clock.micros()));
        }
    }

    @Override
    public void moderated(int imageIndex, String reason) {
        requireAsked(imageIndex);
        moderated.put(imageIndex, reason);
    }

    @Override
    public void rejected(int imageIndex, String reason) {
        requireAsked(imageIndex);
        bad.put(imageIndex, reason);
    }

    @Override
    public OpenAttempt attempt() {
        return attempts.begin();
    }

    @Override
    public void accept(int imageIndex, GeneratedImage image) {
        stop.check();
        double arrived = PhaseClock.seconds(clock.micros());
        phases.enter(Phase.SAVING, phases.batch());
        requireAsked(imageIndex);
        try {
            save(imageIndex, image);
        } catch (ImageDecodeException e) {
            bad.put(imageIndex, "back end: expected a picture, found " + e.getMessage());
            return;
        }
        if (saved.containsKey(imageIndex) && firstImageSeconds.isEmpty()) {
            firstImageSeconds = OptionalDouble.of(arrived);
        }
    }

    private void requireAsked(int imageIndex) {
        ImageId id = new ImageId(planned.id(), imageIndex);
        if (imageIndex >= planned.images()
                || saved.containsKey(imageIndex)
                || moderated.containsKey(imageIndex)
                || bad.containsKey(imageIndex)) {
            throw new BackendException(
                    BackendException.Kind.ANSWER,
                    "back end: expected every image that was asked for once, found " + id);
        }
    }

    private void save(int imageIndex, GeneratedImage image) {
        RgbImage pixels = image.pixels();
        byte[] bytes;
        ImageFormat format;
        if (image.content() instanceof Content.Encoded encoded) {
            bytes = encoded.bytes();
            format = ImageFormat.of(bytes).orElse(ImageFormat.BMP);
            if (!RunFolder.FORMATS.contains(format)) {
                bad.put(imageIndex, "back end: expected PNG, JPEG or WebP, found " + format);
                return;
            }
        } else {
            bytes = PngFile.encode(pixels);
            format = ImageFormat.PNG;
        }
        boolean asAsked =
                pixels.widthPixels() == planned.widthPixels() && pixels.heightPixels() == planned.heightPixels();
        if (capabilities.answerSize() == AnswerSize.AS_ASKED && !asAsked) {
            bad.put(
                    imageIndex,
                    "back end: expected " + planned.widthPixels() + " x " + planned.heightPixels() + " pixels, found "
                            + pixels.widthPixels() + " x " + pixels.heightPixels());
            return;
        }
        ImageId id = new ImageId(planned.id(), imageIndex);
        Path file = folder.output(id, format);
        try {
            AtomicFile.writeUnforced(file, bytes); // forced before its record is written
        } catch (IOException e) {
            unsaved = Optional.of(RunFolder.unwritable(file, e));
            throw unsaved.get();
        }
        saved.put(
                imageIndex,
                new Saved(
                        new ImageFile(
                                RunFolder.outputPath(id, format),
                                Sha256.of(bytes),
                                bytes.length,
                                Fingerprint.of(pixels),
                                new PictureForm(format, pixels.widthPixels(), pixels.heightPixels())),
                        image.answered(),
                        PhaseClock.seconds(clock.micros())));
    }
}
