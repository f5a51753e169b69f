package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.phase.EventLog;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseClock;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.phase.RequestPhases;
import dev.touchstone.generator.run.EditReference.InputFiles;
import dev.touchstone.generator.run.ImageRecord.Asked;
import dev.touchstone.generator.run.ImageRecord.Attempt;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.generator.run.ImageRecord.RequestDetails;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.generator.run.ImageRecord.Settings;
import dev.touchstone.metrics.file.DataFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sends requests to a back end, saves what comes, and says what became of each image. Thread-safe, as far as the back end is. */
final class RequestRunner {

    private static final int LONGEST_REASON = 500;

    private final RunFolder folder;
    private final GenerationPlan.Shape shape;
    private final ImageBackend backend;
    private final BackendCapabilities capabilities;
    private final EventLog events;
    private final PhaseClock clock;
    private final HostMeter meter;
    private final InputFiles inputs;
    private final StopSignal stop;
    private final String runtime;

    RequestRunner(
            RunFolder folder,
            GenerationPlan.Shape shape,
            ImageBackend backend,
            EventLog events,
            PhaseClock clock,
            HostMeter meter,
            InputFiles inputs,
            StopSignal stop) {
        this.folder = folder;
        this.shape = shape;
        this.backend = backend;
        this.capabilities = backend.capabilities();
        this.events = events;
        this.clock = clock;
        this.meter = meter;
        this.inputs = inputs;
        this.stop = stop;
        this.runtime = backend.identity().getOrDefault("runtime", "unknown");
    }

    /**
     * What became of a request.
     *
     * @param images a record for each image, in index order
     * @param failure why it counts as failed, if it does
     */
    record Outcomes(List<ImageRecord> images, Optional<RuntimeException> failure) {}

    /** Makes a request whose pictures are thrown away. */
    Optional<RuntimeException> warmUp(int index, PlannedRequest planned) {
        RequestPhases phases = events.begin("~warm-" + index, Phase.WARMING);
        AttemptRecorder attempts = new AttemptRecorder(phases, shape.prices());
        Optional<RuntimeException> failure = Optional.empty();
        try {
            backend.generate(request(planned), stopping(phases), thrownAway(attempts));
        } catch (RuntimeException e) {
            stop.check();
            failure = Optional.of(e);
        }
        attempts.close(failure.map(RequestRunner::reason).orElse("the request ended before its attempt did"));
        failure.ifPresentOrElse(e -> phases.failed(reason(e)), phases::complete);
        return failure;
    }

    private ImageSink thrownAway(AttemptRecorder attempts) {
        return new ImageSink() {
            @Override
            public void accept(int imageIndex, GeneratedImage image) {
                stop.check();
            }

            @Override
            public OpenAttempt attempt() {
                return attempts.begin();
            }
        };
    }

    /**
     * Tries what the back end wants to try before anything counts.
     *
     * @param like a request such as those that follow
     * @throws BackendException if what follows would be worth nothing
     */
    void probe(PlannedRequest like) {
        Optional<ImageBackend.Probe> probe = backend.probe();
        if (probe.isEmpty()) {
            return;
        }
        RequestPhases phases = events.begin("~probe", Phase.WARMING);
        AttemptRecorder attempts = new AttemptRecorder(phases, shape.prices());
        try {
            probe.get().run(request(like), stopping(phases), thrownAway(attempts));
            phases.complete();
        } catch (RuntimeException e) {
            attempts.close(reason(e));
            phases.failed(reason(e));
            stop.check();
            throw e;
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
        HostMeter.Reading load = meter.start();
        AttemptRecorder attempts = new AttemptRecorder(phases, shape.prices());
        AnswerSink answers = new AnswerSink(folder, planned, phases, clock, stop, capabilities, attempts);
        Optional<RuntimeException> failure = Optional.empty();
        try {
            backend.generate(request(planned), stopping(phases), answers);
        } catch (RuntimeException e) {
            if (stop.requested()) {
                attempts.close("stopped from here");
                phases.flush(); // what was paid for stays known
            }
            stop.check();
            failure = Optional.of(e);
        }
        if (answers.unsavedPicture().isPresent()) {
            throw unsaved(phases, answers.unsavedPicture().get());
        }
        List<Attempt> tried =
                attempts.close(failure.map(RequestRunner::reason).orElse("the request ended before its attempt did"));
        Phase failedIn = phases.phase();
        long end = failure.isPresent() ? phases.failed(reason(failure.get())) : phases.complete();
        RequestTimes times = new RequestTimes(
                events.session(),
                PhaseClock.seconds(phases.startMicros()),
                PhaseClock.seconds(phases.startMicros()),
                answers.firstImage(),
                PhaseClock.seconds(end),
                new RequestDetails(answers.firstPreview(), tried, load.end(), capabilities.timing()));
        Optional<RuntimeException> counted = failure.or(() -> nothingUsable(answers));
        return new Outcomes(records(planned, times, answers, failure, failedIn), counted);
    }

    private ImageRequest request(PlannedRequest planned) {
        return planned.request(shape.batchSize(), shape.sending().previews(), inputs);
    }

    /** A request all of whose answers are bad counts as a failed one. */
    private static Optional<RuntimeException> nothingUsable(AnswerSink answers) {
        return answers.saved().isEmpty() && !answers.badAnswers().isEmpty()
                ? Optional.of(new BackendException(
                        BackendException.Kind.ANSWER,
                        answers.badAnswers().get(answers.badAnswers().firstKey())))
                : Optional.empty();
    }

    private PhaseObserver stopping(RequestPhases phases) {
        return new PhaseObserver() {
            @Override
            public void enter(Phase phase, int batch) {
                stop.check();
                phases.enter(phase, batch);
            }

            @Override
            public void enterAt(Phase phase, int batch, long nanoTime) {
                stop.check();
                phases.enterAt(phase, batch, nanoTime);
            }

            @Override
            public void step(int batch, int step) {
                phases.step(batch, step);
                stop.check();
            }

            @Override
            public void stepAt(int batch, int step, long nanoTime) {
                phases.stepAt(batch, step, nanoTime);
                stop.check();
            }
        };
    }

    private List<ImageRecord> records(
            PlannedRequest planned,
            RequestTimes times,
            AnswerSink answers,
            Optional<RuntimeException> failure,
            Phase failedIn) {
        List<ImageRecord> records = new ArrayList<>();
        for (int index = 0; index < planned.images(); index++) {
            ImageId id = new ImageId(planned.id(), index);
            AnswerSink.Saved saved = answers.saved().get(index);
            Optional<RevisedPrompt> revised =
                    Optional.ofNullable(saved).flatMap(one -> one.answered().revised());
            Asked asked = asked(planned, revised.or(answers::revision));
            if (saved != null) {
                records.add(new ImageRecord.Complete(
                        id,
                        asked,
                        times,
                        saved.file(),
                        saved.answered().withoutRevised(),
                        answers.selection(index),
                        saved.deliveredSeconds()));
            } else if (answers.moderations().containsKey(index)) {
                String reason = line(answers.moderations().get(index));
                records.add(new ImageRecord.Failed(
                        id, asked, times, Outcome.MODERATED, reason, Optional.empty(), failedIn));
            } else if (answers.badAnswers().containsKey(index)) {
                records.add(new ImageRecord.Failed(
                        id,
                        asked,
                        times,
                        Outcome.FAILED,
                        line(answers.badAnswers().get(index)),
                        Optional.of(BackendException.Kind.ANSWER.id()),
                        Phase.SAVING));
            } else {
                records.add(new ImageRecord.Failed(
                        id,
                        asked,
                        times,
                        failure.isPresent() ? Outcome.FAILED : Outcome.MISSING,
                        failure.map(RequestRunner::reason).orElse("the back end answered without this image"),
                        failure.map(RequestRunner::kind),
                        failedIn));
            }
        }
        return records;
    }

    private Asked asked(PlannedRequest planned, Optional<RevisedPrompt> revised) {
        return new Asked(
                planned.widthPixels(),
                planned.heightPixels(),
                capabilities.takes(Setting.SEED) ? OptionalLong.of(planned.seed()) : OptionalLong.empty(),
                planned.prompt().text(),
                planned.prompt().negative(),
                revised,
                new Settings(
                        planned.settings().sampler(),
                        planned.settings().steps(),
                        planned.settings().guidance(),
                        capabilities.takes(Setting.PRECISION) ? Optional.of(shape.precision()) : Optional.empty(),
                        runtime));
    }

    private RunFolderException unsaved(RequestPhases phases, RunFolderException failure) {
        try {
            phases.failed(reason(failure));
        } catch (DataFileException e) {
            failure.addSuppressed(e); // the disk that refused the picture may refuse the event as well
        }
        return failure;
    }

    private static String kind(RuntimeException e) {
        return e instanceof BackendException known ? known.kind().id() : BackendException.Kind.OTHER.id();
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return line(
                e instanceof BackendException || e instanceof DataFileException
                        ? message
                        : e.getClass().getSimpleName() + ": " + message);
    }

    private static String line(String said) {
        String line = said.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 3) + "...";
    }
}
