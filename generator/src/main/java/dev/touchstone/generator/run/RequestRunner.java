package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.phase.EventLog;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseClock;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.phase.RequestPhases;
import dev.touchstone.generator.run.ImageRecord.Asked;
import dev.touchstone.generator.run.ImageRecord.ImageFile;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.generator.run.ImageRecord.Settings;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.Fingerprint;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sends one request after another to a back end, saves what comes, and says what became of each image. */
final class RequestRunner {

    private static final int LONGEST_REASON = 500;

    private final RunFolder folder;
    private final GenerationPlan.Shape shape;
    private final ImageBackend backend;
    private final EventLog events;
    private final PhaseClock clock;
    private final StopSignal stop;
    private final String runtime;

    RequestRunner(
            RunFolder folder,
            GenerationPlan.Shape shape,
            ImageBackend backend,
            EventLog events,
            PhaseClock clock,
            StopSignal stop) {
        this.folder = folder;
        this.shape = shape;
        this.backend = backend;
        this.events = events;
        this.clock = clock;
        this.stop = stop;
        this.runtime = backend.identity().getOrDefault("runtime", "unknown");
    }

    /**
     * What became of a request.
     *
     * @param images a record for each image, in index order
     * @param failure what the back end threw, if it did
     */
    record Outcomes(List<ImageRecord> images, Optional<RuntimeException> failure) {}

    /** Makes a request whose pictures are thrown away. */
    Optional<RuntimeException> warmUp(int index, PlannedRequest planned) {
        RequestPhases phases = events.begin("~warm-" + index, Phase.WARMING);
        try {
            backend.generate(planned.request(shape.batchSize()), stopping(phases), (imageIndex, image) -> {});
            phases.complete();
            return Optional.empty();
        } catch (RuntimeException e) {
            stop.check();
            phases.failed(reason(e));
            return Optional.of(e);
        } finally {
            events.flush();
        }
    }

    /**
     * Makes a request.
     *
     * @throws RunFolderException if a picture cannot be saved
     * @throws RunInterruptedException if the run was asked to stop
     */
    Outcomes make(PlannedRequest planned) {
        RequestPhases phases = events.begin(planned.id().value(), Phase.QUEUED);
        Saving saving = new Saving(planned, phases);
        Optional<RuntimeException> failure = Optional.empty();
        try {
            backend.generate(planned.request(shape.batchSize()), stopping(phases), saving);
        } catch (RuntimeException e) {
            stop.check();
            failure = Optional.of(e);
        }
        if (saving.failure.isPresent()) {
            throw unsaved(phases, saving.failure.get());
        }
        Phase failedIn = phases.phase();
        long end = failure.isPresent() ? phases.failed(reason(failure.get())) : phases.complete();
        events.flush();
        return new Outcomes(records(planned, phases, saving, failure, failedIn, end), failure);
    }

    private PhaseObserver stopping(RequestPhases phases) {
        return new PhaseObserver() {
            @Override
            public void enter(Phase phase, int batch) {
                stop.check();
                phases.enter(phase, batch);
            }

            @Override
            public void step(int batch, int step) {
                phases.step(batch, step);
                stop.check();
            }
        };
    }

    /** Takes the pictures of one request. */
    private final class Saving implements ImageSink {

        private final PlannedRequest planned;
        private final RequestPhases phases;
        private final SortedMap<Integer, Saved> saved = new TreeMap<>();
        private final SortedMap<Integer, Selection> selections = new TreeMap<>();
        private Optional<RevisedPrompt> revised = Optional.empty();
        private OptionalDouble firstImageSeconds = OptionalDouble.empty();
        // Kept beside being thrown, because a back end may wrap what passes through it.
        private Optional<RunFolderException> failure = Optional.empty();

        Saving(PlannedRequest planned, RequestPhases phases) {
            this.planned = planned;
            this.phases = phases;
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
        public void accept(int imageIndex, RgbImage image) {
            stop.check();
            if (firstImageSeconds.isEmpty()) {
                firstImageSeconds = OptionalDouble.of(PhaseClock.seconds(clock.micros()));
            }
            phases.enter(Phase.SAVING, phases.batch());
            ImageId id = new ImageId(planned.id(), imageIndex);
            if (imageIndex >= planned.images() || saved.containsKey(imageIndex)) {
                throw new BackendException("back end: expected every image that was asked for once, found " + id);
            }
            if (image.widthPixels() != planned.widthPixels() || image.heightPixels() != planned.heightPixels()) {
                throw new BackendException("back end: expected " + planned.widthPixels() + " x "
                        + planned.heightPixels() + " pixels, found " + image.widthPixels() + " x "
                        + image.heightPixels());
            }
            byte[] png = PngFile.encode(image);
            Path file = folder.output(id);
            try {
                AtomicFile.writeUnforced(file, png); // forced before its record is written
            } catch (IOException e) {
                failure = Optional.of(RunFolder.unwritable(file, e));
                throw failure.get();
            }
            saved.put(
                    imageIndex,
                    new Saved(
                            new ImageFile(RunFolder.outputPath(id), Sha256.of(png), png.length, Fingerprint.of(image)),
                            PhaseClock.seconds(clock.micros())));
        }
    }

    private record Saved(ImageFile file, double deliveredSeconds) {}

    private List<ImageRecord> records(
            PlannedRequest planned,
            RequestPhases phases,
            Saving saving,
            Optional<RuntimeException> failure,
            Phase failedIn,
            long end) {
        double sent = PhaseClock.seconds(phases.startMicros());
        RequestTimes times =
                new RequestTimes(events.session(), sent, sent, saving.firstImageSeconds, PhaseClock.seconds(end));
        Asked asked = new Asked(
                planned.widthPixels(),
                planned.heightPixels(),
                planned.seed(),
                planned.prompt().text(),
                planned.prompt().negative(),
                saving.revised,
                new Settings(
                        planned.settings().sampler().name().toLowerCase(Locale.ROOT),
                        planned.settings().steps(),
                        planned.settings().guidance(),
                        shape.precision(),
                        runtime));
        Outcome outcome = failure.isPresent() ? Outcome.FAILED : Outcome.MISSING;
        String reason = failure.map(RequestRunner::reason).orElse("the back end answered without this image");
        List<ImageRecord> records = new ArrayList<>();
        for (int index = 0; index < planned.images(); index++) {
            ImageId id = new ImageId(planned.id(), index);
            Saved file = saving.saved.get(index);
            records.add(
                    file != null
                            ? new ImageRecord.Complete(
                                    id,
                                    asked,
                                    times,
                                    file.file(),
                                    Optional.ofNullable(saving.selections.get(index)),
                                    file.deliveredSeconds())
                            : new ImageRecord.Failed(id, asked, times, outcome, reason, failedIn));
        }
        return records;
    }

    private RunFolderException unsaved(RequestPhases phases, RunFolderException failure) {
        phases.failed(reason(failure));
        try {
            events.flush();
        } catch (DataFileException e) {
            failure.addSuppressed(e); // the disk that refused the picture may refuse the event as well
        }
        return failure;
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String said = e instanceof BackendException || e instanceof DataFileException
                ? message
                : e.getClass().getSimpleName() + ": " + message;
        String line = said.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 3) + "...";
    }
}
