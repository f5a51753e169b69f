package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.phase.EventLog;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseClock;
import dev.touchstone.generator.phase.RequestPhases;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference.InputFiles;
import dev.touchstone.generator.run.GeneratedRecord.Counts;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.generator.task.LocalExecutor;
import dev.touchstone.generator.task.TaskList;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Makes the images of a plan. The same plan again continues where it stopped, however it stopped: a request counts once
 * its records stand in {@code images.jsonl}, and is made from its first image otherwise.
 */
public final class GenerateStage {

    private static final String STAGE = "generate";

    private final Progress progress;
    private final StopSignal stop;
    private final ImageCheck check;
    private final LongSupplier nanos;
    private final InstantSource wallClock;
    private final HostMeter meter;

    /** With the clocks of the system; finished pictures are checked by size. */
    public GenerateStage(Progress progress, StopSignal stop) {
        this(progress, stop, ImageCheck.SIZE, System::nanoTime, InstantSource.system(), HostMeter.system());
    }

    /**
     * With everything given.
     *
     * @param check how closely pictures of finished requests are looked at
     * @param nanos monotonic clock in nanoseconds
     * @param wallClock for {@code startedAt}
     * @param meter how busy the machine is
     */
    public GenerateStage(
            Progress progress,
            StopSignal stop,
            ImageCheck check,
            LongSupplier nanos,
            InstantSource wallClock,
            HostMeter meter) {
        this.progress = progress;
        this.stop = stop;
        this.check = check;
        this.nanos = nanos;
        this.wallClock = wallClock;
        this.meter = meter;
    }

    /**
     * Makes what is missing and closes the stage.
     *
     * @throws RunFolderException if the folder holds another run, is held by another process, or cannot be written
     * @throws TooManyFailuresException if so many requests failed in a row
     * @throws RunInterruptedException if the run was asked to stop
     */
    public GeneratedRecord run(GenerationPlan plan, BackendSource source) {
        return run(plan, source, InputFiles.NONE);
    }

    /**
     * Makes what is missing and closes the stage, of a plan with edits.
     *
     * @param inputs where inputs of edits are read
     * @throws RunFolderException as {@link #run(GenerationPlan, BackendSource)}
     */
    public GeneratedRecord run(GenerationPlan plan, BackendSource source, InputFiles inputs) {
        RunFolder folder = new RunFolder(plan.folder());
        createFolders(folder);
        RunLock lock = RunLock.take(folder.path());
        try {
            return runLocked(folder, plan, source, inputs);
        } finally {
            lock.close();
        }
    }

    private GeneratedRecord runLocked(RunFolder folder, GenerationPlan plan, BackendSource source, InputFiles inputs) {
        Optional<RunHeader> begun = begun(folder, plan);
        clean(folder);
        probe(folder);
        begun.ifPresent(header -> writeIfChanged(folder.headerFile(), HeaderFile.write(header)));
        writeInputs(folder, plan);
        String firstLine = RunFolder.firstLine(plan.header().runId());
        try (JsonlWriter images = JsonlWriter.open(folder.imagesFile(), firstLine)) {
            FinishedRequests finished = FinishedRequests.read(folder, plan, check);
            images.cut(finished.endOffset());
            List<PlannedRequest> rest = plan.inOrder().stream()
                    .filter(request -> !finished.contains(request))
                    .toList();
            progress.report(STAGE, finished.images(), plan.images(), "");
            if (!rest.isEmpty()) {
                make(folder, plan, begun, source, inputs, rest, images, finished.images());
            }
        }
        return close(folder, plan);
    }

    private void make(
            RunFolder folder,
            GenerationPlan plan,
            Optional<RunHeader> begun,
            BackendSource source,
            InputFiles inputs,
            List<PlannedRequest> rest,
            JsonlWriter images,
            long finished) {
        PhaseClock clock = new PhaseClock(nanos);
        Instant now = wallClock.instant();
        String firstLine = RunFolder.firstLine(plan.header().runId());
        try (EventLog events = EventLog.open(folder.eventsFile(), firstLine, clock, now);
                ImageBackend backend = load(
                        source, begun.map(RunHeader::model).orElseGet(TreeMap::new), events, finished, plan.images());
                RecordCommitter records = new RecordCommitter(folder, images)) {
            if (begun.isPresent()) {
                checkSameModel(folder, begun.get().model(), backend.identity());
            } else {
                writeIfChanged(
                        folder.headerFile(), HeaderFile.write(plan.header().withModel(backend.identity())));
            }
            RequestRunner runner = new RequestRunner(folder, plan.shape(), backend, events, clock, meter, inputs, stop);
            Runnable cancel = backend::cancel;
            stop.onRequest(cancel);
            try {
                FailureStreak streak = new FailureStreak(plan.shape().consecutiveFailures());
                runner.probe(rest.get(0));
                warmUp(plan, runner, streak, rest, finished);
                all(plan, runner, streak, backend, rest, records, finished);
            } finally {
                stop.forget(cancel);
            }
        }
    }

    private void warmUp(
            GenerationPlan plan, RequestRunner runner, FailureStreak streak, List<PlannedRequest> rest, long finished) {
        int number = 0;
        for (List<PlannedRequest> alike : bySize(rest)) {
            for (int k = 0; k < plan.shape().warmupRequests(); k++) {
                stop.check();
                progress.report(STAGE, finished, plan.images(), "warming up");
                PlannedRequest warm = alike.get(k % alike.size());
                streak.ended(
                        warm.id(), runner.warmUp(number++, warm).map(failure -> String.valueOf(failure.getMessage())));
            }
        }
    }

    /** The first request of a size, or the first edit, is a cold one whatever came before it. */
    private static Collection<List<PlannedRequest>> bySize(List<PlannedRequest> requests) {
        Map<String, List<PlannedRequest>> sizes = new LinkedHashMap<>();
        for (PlannedRequest request : requests) {
            String size = request.widthPixels() + " " + request.heightPixels() + " "
                    + request.edit().isPresent();
            sizes.computeIfAbsent(size, key -> new ArrayList<>()).add(request);
        }
        return sizes.values();
    }

    private void all(
            GenerationPlan plan,
            RequestRunner runner,
            FailureStreak streak,
            ImageBackend backend,
            List<PlannedRequest> rest,
            RecordCommitter records,
            long finished) {
        int concurrency = Math.min(
                plan.shape().sending().concurrency(),
                backend.capabilities().load().concurrency());
        Pacer pacer = new Pacer(plan.shape().sending().requestsPerMinute(), System::nanoTime, stop);
        TaskList tasks = new TaskList(
                GenerationWorker.KIND, "{}", rest.stream().map(TaskLine::write).toList(), concurrency);
        long[] done = {finished};
        new LocalExecutor(new GenerationWorker(runner, pacer)).run(tasks, (index, text) -> {
            PlannedRequest request = rest.get(index);
            GenerationWorker.Result result = GenerationWorker.read(text);
            records.commit(result.images());
            done[0] += request.images();
            progress.report(STAGE, done[0], plan.images(), request.id().value());
            streak.ended(request.id(), result.failure());
        });
    }

    private ImageBackend load(
            BackendSource source, SortedMap<String, String> begunWith, EventLog events, long done, long total) {
        progress.report(STAGE, done, total, "loading the model");
        RequestPhases phases = events.begin("~load", Phase.LOADING);
        try {
            ImageBackend backend = source.open(begunWith);
            phases.complete();
            return backend;
        } catch (RuntimeException e) {
            phases.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static void createFolders(RunFolder folder) {
        try {
            Files.createDirectories(folder.outputs());
        } catch (IOException e) {
            throw RunFolder.unwritable(folder.outputs(), e);
        }
    }

    // A disk that takes nothing is found out now, not after the first minutes of sampling.
    private static void probe(RunFolder folder) {
        Path probe = folder.outputs().resolve(".probe");
        try {
            AtomicFile.write(probe, new byte[4096]);
            Files.delete(probe);
        } catch (IOException e) {
            throw RunFolder.unwritable(folder.outputs(), e);
        }
    }

    private static Optional<RunHeader> begun(RunFolder folder, GenerationPlan plan) {
        if (!folder.begun()) {
            return Optional.empty();
        }
        RunHeader header = folder.header();
        String found = header.digests().generation();
        String expected = plan.header().digests().generation();
        if (!found.equals(expected)) {
            throw new RunFolderException(folder.path() + ": expected a run with generation digest " + expected
                    + ", found one with " + found + ". The folder holds another run; use another folder.");
        }
        return Optional.of(header.continuedBy(plan.header()));
    }

    private static void clean(RunFolder folder) {
        try {
            AtomicFile.removeStrays(folder.path());
            AtomicFile.removeStrays(folder.outputs());
        } catch (IOException e) {
            throw RunFolder.unwritable(folder.path(), e);
        }
    }

    private static void writeInputs(RunFolder folder, GenerationPlan plan) {
        RunFolder.write(folder.manifestFile(), out -> out.write(plan.manifest()));
        RunFolder.write(folder.promptsFile(), out -> {
            out.write((RunFolder.firstLine(plan.header().runId()) + "\n").getBytes(StandardCharsets.UTF_8));
            int[] position = new int[plan.order().size()];
            for (int at = 0; at < position.length; at++) {
                position[plan.order().get(at)] = at;
            }
            for (int i = 0; i < position.length; i++) {
                ObjectNode line = PromptLine.json(plan.requests().get(i).record());
                line.put("order", position[i]);
                out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static void writeIfChanged(Path file, String content) {
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(content)) {
                AtomicFile.write(file, content);
            }
        } catch (IOException e) {
            throw RunFolder.unwritable(file, e);
        }
    }

    // Keys that end in Reason explain a choice and may read differently every time.
    private static void checkSameModel(
            RunFolder folder, SortedMap<String, String> before, SortedMap<String, String> now) {
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(now);
        for (String key : all.keySet()) {
            String then = before.getOrDefault(key, "nothing");
            String found = now.getOrDefault(key, "nothing");
            if (!key.endsWith("Reason") && !then.equals(found)) {
                throw new RunFolderException(folder.headerFile() + ": model." + key + ": expected " + then
                        + " as in the session that began the run, found " + found
                        + ". Finish the run where it was begun, or start it again in another folder.");
            }
        }
    }

    private GeneratedRecord close(RunFolder folder, GenerationPlan plan) {
        Optional<GeneratedRecord> before = folder.generated();
        String digest = folder.imagesDigest();
        Map<PromptId, PlannedRequest> planned = new HashMap<>();
        plan.requests().forEach(request -> planned.put(request.id(), request));
        MetadataTable.write(folder, planned);
        if (before.isPresent() && before.get().imagesDigest().equals(digest)) {
            return before.get();
        }
        int[] complete = new int[1];
        Map<Outcome, Integer> others = new EnumMap<>(Outcome.class);
        Map<PromptId, String> revised = new HashMap<>();
        try (var images = folder.images()) {
            images.forEach(image -> {
                image.asked()
                        .revised()
                        .ifPresent(prompt -> revised.put(image.id().prompt(), prompt.outcome()));
                if (image instanceof ImageRecord.Failed failed) {
                    others.merge(failed.outcome(), 1, Integer::sum);
                } else {
                    complete[0]++;
                }
            });
        }
        GeneratedRecord record = new GeneratedRecord(
                plan.header().runId(),
                plan.requests().size(),
                new Counts(
                        complete[0],
                        others.getOrDefault(Outcome.FAILED, 0),
                        others.getOrDefault(Outcome.MODERATED, 0),
                        others.getOrDefault(Outcome.MISSING, 0)),
                counted(revised.values()),
                digest);
        writeIfChanged(folder.generatedFile(), record.write());
        return record;
    }

    private static SortedMap<String, Integer> counted(Collection<String> outcomes) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }
}
