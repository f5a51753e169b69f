package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.ImageSink.OpenAttempt;
import dev.touchstone.generator.backend.comfyui.InputMapping.Field;
import dev.touchstone.generator.backend.comfyui.ServerMessage.ServerFile;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.file.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A ComfyUI server that was met. One job for each batch of a request; requests may run at once. Thread-safe. */
final class ComfyUiBackend implements ImageBackend {

    /** Seeds go up to 2^53 - 1, which every client that shows a workflow can tell apart. */
    private static final int SEED_BITS = 53;

    /** Tries of a job that the server did not take, beyond the first. */
    private static final int RETRIES = 3;

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final int MOST_EARLIER_ATTEMPTS = 1_000;

    private final JobRun.Link link;
    private final Asking asking;
    private final SortedMap<String, String> identity;
    private final BackendCapabilities capabilities;
    private final Set<ServerFile> taken = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * What is asked, and how.
     *
     * @param clientId of the WebSocket
     * @param workflow to fill in
     * @param inputs where
     * @param table phases of nodes
     * @param outputs ids of the nodes whose pictures count; empty where all that save do
     * @param cachedAnswers what to do with earlier files
     */
    record Asking(
            String clientId,
            Workflow workflow,
            InputMapping inputs,
            NodePhases table,
            Set<String> outputs,
            CachedAnswers cachedAnswers) {}

    /** What to do with an answer that names earlier files. */
    enum CachedAnswers {
        /** The images failed. */
        REFUSE,
        /** The server forgets, and runs again. */
        RUN_AGAIN
    }

    ComfyUiBackend(
            JobRun.Link link, Asking asking, SortedMap<String, String> identity, BackendCapabilities capabilities) {
        this.link = link;
        this.asking = asking;
        this.identity = new TreeMap<>(identity);
        this.capabilities = capabilities;
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(identity);
    }

    @Override
    public BackendCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        checkSyntax(request);
        List<Integer> indexes = request.imageIndexes();
        int size = asking.inputs().takes(Field.BATCH_SIZE) ? request.batchSize() : 1;
        for (int from = 0, batch = 0; from < indexes.size(); from += size, batch++) {
            job(request, indexes.subList(from, Math.min(from + size, indexes.size())), batch, phases, sink);
        }
    }

    /** What servers take for a command; a prompt pack should not be able to load files. */
    private static void checkSyntax(ImageRequest request) {
        for (String text : List.of(request.prompt(), request.negativePrompt())) {
            if (text.contains("embedding:")) {
                throw new BackendException(
                        Kind.REFUSED,
                        "comfyui, prompt " + request.promptId()
                                + ": expected words for the model, found \"embedding:\","
                                + " with which the server would load a file");
            }
        }
    }

    private void job(ImageRequest request, List<Integer> indexes, int batch, PhaseObserver phases, ImageSink sink) {
        long seed = request.imageSeed(indexes.get(0), SEED_BITS);
        ObjectNode graph =
                new RequestGraph(asking.workflow(), asking.inputs(), link.server()).of(request, seed, indexes.size());
        int attempt = 0;
        boolean again = asking.cachedAnswers() == CachedAnswers.RUN_AGAIN;
        for (int failures = 0; ; ) {
            Job one = new Job(request, indexes, batch, seed, graph, attempt);
            try {
                if (one.run(phases, sink)) {
                    return;
                }
                if (!again) {
                    throw one.earlierFiles();
                }
                again = false;
                link.server().forget();
            } catch (BackendException e) {
                boolean notTaken = e.kind() == Kind.OVERLOADED || (e.kind() == Kind.CONNECTION && !one.mayRun);
                if (!notTaken || failures++ == RETRIES || cancelled) {
                    throw e;
                }
                pause(FIRST_PAUSE_MILLIS << failures);
            }
            attempt = one.number + 1;
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Kind.CANCELLED, "comfyui: this thread is to stop", e);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        link.messages().close();
    }

    /** One try of one batch. */
    private final class Job {

        private final ImageRequest request;
        private final List<Integer> indexes;
        private final int batch;
        private final long seed;
        private final ObjectNode graph;
        private final JobNotes notes;
        private final String text;
        private int number;
        private boolean mayRun;

        Job(ImageRequest request, List<Integer> indexes, int batch, long seed, ObjectNode graph, int number) {
            this.request = request;
            this.indexes = indexes;
            this.batch = batch;
            this.seed = seed;
            this.graph = graph;
            this.number = number;
            this.notes = new JobNotes(indexes.get(0));
            this.text = Json.line(graph);
        }

        /** Whether new pictures came; otherwise what came were earlier files. */
        boolean run(PhaseObserver phases, ImageSink sink) {
            String id = freshId();
            notes.say("promptId", id);
            notes.say("batchSize", String.valueOf(indexes.size()));
            notes.say("seed", String.valueOf(seed));
            OpenAttempt attempt = sink.attempt();
            JobPhases job =
                    new JobPhases(asking.table(), asking.workflow().classes(), phases, batch, System.nanoTime());
            JobRun run = new JobRun(link, id, job, sink, notes, () -> cancelled);
            try {
                Map<String, List<ServerFile>> files = run.run(body(id), asking.outputs());
                cached(job);
                boolean fresh = fetch(files, job, phases, sink);
                attempt.end(notes.end(
                        fresh ? AttemptOutcome.ANSWERED : AttemptOutcome.FAILED,
                        fresh ? "" : "the answer names earlier files"));
                return fresh;
            } catch (BackendException e) {
                mayRun = run.mayRun();
                if (e.kind() == Kind.TIMEOUT || e.kind() == Kind.CANCELLED) {
                    run.cancel();
                }
                attempt.end(notes.end(outcome(e.kind()), e.getMessage()));
                throw e;
            } catch (RuntimeException e) {
                run.cancel(); // the observer or the sink wants the request to stop
                throw e;
            }
        }

        private AttemptOutcome outcome(Kind kind) {
            return switch (kind) {
                case CANCELLED -> AttemptOutcome.CANCELLED;
                case CONNECTION, TIMEOUT -> AttemptOutcome.UNKNOWN;
                default -> AttemptOutcome.FAILED;
            };
        }

        /** A server runs an id that it knows again, and answers the old result to who asks for it: the id must be new there. */
        private String freshId() {
            int before = link.server().queueLength();
            if (before > 0) {
                notes.say("queueBefore", String.valueOf(before));
            }
            int first = number;
            for (; number < first + MOST_EARLIER_ATTEMPTS; number++) {
                String id = AttemptId.of(text, number);
                if (link.server().history(id).isEmpty()
                        && (before == 0 || !link.server().queued(id))) {
                    if (number > 0) {
                        notes.say("earlierAttempts", String.valueOf(number));
                    }
                    return id;
                }
            }
            throw new BackendException(
                    Kind.REFUSED,
                    "comfyui, prompt " + request.promptId() + ": expected fewer than " + MOST_EARLIER_ATTEMPTS
                            + " tries of the same workflow in the server's history. Clear it there");
        }

        private ObjectNode body(String id) {
            ObjectNode body = Json.object();
            body.set("prompt", graph);
            body.put("client_id", asking.clientId()).put("prompt_id", id);
            body.putObject("extra_data").put("preview_method", request.previews() > 0 ? "latent2rgb" : "none");
            return body;
        }

        private void cached(JobPhases job) {
            if (!job.cachedNodes().isEmpty()) {
                notes.say("cachedNodes", String.join(",", job.cachedNodes()));
            }
            if (!job.cachedPhases().isEmpty()) {
                notes.say("cachedPhases", String.join(",", job.cachedPhases()));
            }
        }

        private boolean fetch(
                Map<String, List<ServerFile>> files, JobPhases job, PhaseObserver phases, ImageSink sink) {
            List<ServerFile> pictures = pictures(files, job);
            if (pictures.isEmpty()) {
                return false;
            }
            if (pictures.size() > indexes.size()) {
                throw new BackendException(
                        Kind.ANSWER,
                        "comfyui, prompt " + request.promptId() + ": expected " + indexes.size() + " pictures, found "
                                + pictures.size()
                                + ". Map the workflow's batch size in serving.options.inputs, and name"
                                + " the outputs that count in serving.options.outputs");
            }
            Answered answered = Answered.NOTHING
                    .by(identity.getOrDefault("id", ""), identity.getOrDefault("server", ""))
                    .withSampling(
                            request.settings().steps(),
                            request.settings().sampler(),
                            request.settings().guidance());
            for (int i = 0; i < pictures.size(); i++) {
                phases.enter(Phase.FETCHING, batch);
                byte[] file = PictureTexts.removed(link.server().view(pictures.get(i)));
                taken.add(pictures.get(i));
                sink.accept(
                        indexes.get(i),
                        GeneratedImage.encoded(file)
                                .answered(asking.inputs().takes(Field.SEED) ? answered.withSeed(seed) : answered));
            }
            return true;
        }

        /** New files of the outputs that count, in the order of nodes. */
        private List<ServerFile> pictures(Map<String, List<ServerFile>> files, JobPhases job) {
            List<ServerFile> saved = new ArrayList<>();
            boolean earlier = false;
            for (Map.Entry<String, List<ServerFile>> node : files.entrySet()) {
                boolean counts = asking.outputs().isEmpty() || asking.outputs().contains(node.getKey());
                for (ServerFile file : counts ? node.getValue() : List.<ServerFile>of()) {
                    if (file.type().equals("output") || !asking.outputs().isEmpty()) {
                        boolean old = job.cachedNodes().contains(node.getKey()) || taken.contains(file);
                        earlier |= old;
                        if (!old) {
                            saved.add(file);
                        }
                    }
                }
            }
            if (saved.isEmpty() && !earlier) {
                throw new BackendException(
                        Kind.ANSWER,
                        "comfyui, prompt " + request.promptId() + ": expected saved pictures, found none. The workflow"
                                + " needs a node that saves, such as SaveImage, or serving.options.outputs");
            }
            return saved;
        }

        BackendException earlierFiles() {
            return new BackendException(
                    Kind.ANSWER,
                    "comfyui, prompt " + request.promptId() + ": expected new pictures, found the files of an earlier"
                            + " job, which the server kept. Set serving.options.cached_answers to run-again, or change"
                            + " generation.seed");
        }
    }
}
