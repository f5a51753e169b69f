package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ended;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ending;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Executed;
import dev.touchstone.generator.backend.comfyui.ServerMessage.ServerFile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One job on the server: sent, followed to its end, and asked for the names of its pictures. Used from one thread. */
final class JobRun {

    private static final long SLICE_MILLIS = 200;
    private static final Duration SECOND_LOOK = Duration.ofMillis(300);

    private final Link link;
    private final String promptId;
    private final JobPhases phases;
    private final ImageSink sink;
    private final JobNotes notes;
    private final BooleanSupplier cancelled;
    private final BlockingQueue<ServerMessage> inbox;
    private final Map<String, List<ServerFile>> executed = new LinkedHashMap<>();
    private long submitted;
    private long startedMillis;
    private boolean previewed;
    private boolean mayRun;

    /**
     * What a job runs over.
     *
     * @param server its calls
     * @param messages its WebSocket
     * @param clock its clock
     * @param limits how long is waited
     */
    record Link(ComfyUiServer server, ServerMessages messages, ServerClock clock, ServingLimits limits) {}

    JobRun(Link link, String promptId, JobPhases phases, ImageSink sink, JobNotes notes, BooleanSupplier cancelled) {
        this.link = link;
        this.promptId = promptId;
        this.phases = phases;
        this.sink = sink;
        this.notes = notes;
        this.cancelled = cancelled;
        this.inbox = link.messages().follow(promptId);
    }

    /**
     * Runs the job.
     *
     * @param body of {@code POST /prompt}
     * @param wanted ids of the output nodes that count; empty where all do
     * @return files by output node
     * @throws BackendException if it is refused, fails, is interrupted or vanishes, or takes too long
     */
    Map<String, List<ServerFile>> run(ObjectNode body, Set<String> wanted) {
        try {
            link.messages().connect();
            submit(body, wanted);
            Ended end = await();
            phases.over(endNanos(end));
            if (end.ending() != Ending.SUCCESS) {
                throw new BackendException(
                        Kind.SERVER, "comfyui, job " + promptId + ": expected pictures, found " + end.words());
            }
            return files();
        } catch (RuntimeException e) {
            phases.release();
            throw e;
        } finally {
            link.messages().leave(promptId);
        }
    }

    /** Has the server end the job, as far as it listens. */
    void cancel() {
        try {
            link.server().cancel(promptId);
        } catch (BackendException e) {
            notes.say("cancelled", "the server did not hear of it");
        }
    }

    private void submit(ObjectNode body, Set<String> wanted) {
        submitted = System.nanoTime();
        mayRun = true;
        ComfyUiServer.Answer answer;
        try {
            answer = link.server().submit(body);
        } catch (BackendException e) {
            if (e.kind() == Kind.CANCELLED || !stillKnown()) {
                throw e;
            }
            notes.say("submission", "not answered, but taken");
            return;
        }
        JsonNode json = answer.json();
        if (answer.status() == 429 || answer.status() == 503) {
            throw new BackendException(
                    Kind.OVERLOADED, "comfyui: expected that the job is taken, found status " + answer.status());
        }
        if (answer.status() != 200 || !json.path("prompt_id").isTextual()) {
            boolean refused = answer.status() >= 400 && answer.status() < 500;
            String words = NodeErrors.words(json);
            throw new BackendException(
                    refused ? Kind.REFUSED : answer.status() == 200 ? Kind.ANSWER : Kind.SERVER,
                    "comfyui: expected that the workflow is taken, found status " + answer.status()
                            + (words.isEmpty() ? "" : ": " + words));
        }
        String words = NodeErrors.words(json);
        if (!words.isEmpty()) {
            notes.say("nodeErrors", words);
            Set<String> failed = NodeErrors.failedOutputs(json);
            if (wanted.isEmpty() || failed.stream().anyMatch(wanted::contains)) {
                cancel();
                throw new BackendException(
                        Kind.REFUSED,
                        "comfyui: expected that every output is valid, found, in an answer with status 200, " + words
                                + ". Correct the workflow, or name the outputs that count in serving.options.outputs");
            }
        }
    }

    /** After a submission without an answer: whether the server has the job. Where it says that it has not, trying again is free. */
    private boolean stillKnown() {
        try {
            mayRun = link.server().queued(promptId)
                    || link.server().history(promptId).isPresent();
            return mayRun;
        } catch (BackendException e) {
            return false;
        }
    }

    /** Whether the server may have taken the job. */
    boolean mayRun() {
        return mayRun;
    }

    private Ended await() {
        long deadline = submitted + link.limits().job().toNanos();
        long heard = System.nanoTime();
        boolean lookedOnce = false;
        while (true) {
            long now = System.nanoTime();
            if (cancelled.getAsBoolean()) {
                throw new BackendException(Kind.CANCELLED, "comfyui, job " + promptId + ": stopped from here");
            }
            if (now > deadline) {
                throw new BackendException(
                        Kind.TIMEOUT,
                        "comfyui, job " + promptId + ": expected its end within "
                                + link.limits().job().toSeconds() + " s, found none");
            }
            Optional<ServerMessage> message = next();
            if (message.isPresent() && !(message.get() instanceof ServerMessage.Lost)) {
                heard = System.nanoTime();
                lookedOnce = false;
                Optional<Ended> end = hear(message.get());
                if (end.isPresent()) {
                    return end.get();
                }
                continue;
            }
            if (message.isPresent()) {
                notes.unreliable("the connection for messages was lost");
                link.messages().connect();
            }
            Duration patience = lookedOnce ? SECOND_LOOK : link.limits().silence();
            if (message.isPresent() || System.nanoTime() - heard > patience.toNanos()) {
                heard = System.nanoTime();
                if (!link.server().queued(promptId)) {
                    Optional<JsonNode> history = link.server().history(promptId);
                    if (history.isPresent()) {
                        notes.unreliable("the message of the job's end did not come; the history has it");
                        return JobHistory.end(promptId, history.get());
                    }
                    // Between leaving the queue and entering the history a job is in neither, for a moment.
                    if (lookedOnce) {
                        throw new BackendException(
                                Kind.SERVER,
                                "comfyui, job " + promptId + ": expected it in the server's queue or history, found it"
                                        + " in neither. It was cancelled there, or the server was restarted");
                    }
                    lookedOnce = true;
                } else {
                    lookedOnce = false;
                }
            }
        }
    }

    private Optional<ServerMessage> next() {
        try {
            return Optional.ofNullable(inbox.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(Kind.CANCELLED, "comfyui, job " + promptId + ": this thread is to stop", e);
        }
    }

    private Optional<Ended> hear(ServerMessage message) {
        ServerClock clock = link.clock();
        if (message instanceof ServerMessage.Started started) {
            startedMillis = started.serverMillis();
            clock.after(submitted, started.serverMillis());
            clock.before(started.nanos(), started.serverMillis());
            phases.started(onTime(started.nanos(), started.serverMillis()));
        } else if (message instanceof Executed files) {
            executed.put(files.node(), files.files());
        } else if (message instanceof ServerMessage.Preview && !previewed) {
            previewed = true;
            notes.previewed(sink);
        } else if (message instanceof Ended ended) {
            return Optional.of(ended);
        } else {
            phases.hear(message);
        }
        return Optional.empty();
    }

    private long endNanos(Ended end) {
        if (end.serverMillis() == 0) {
            return end.nanos();
        }
        link.clock().after(submitted, end.serverMillis());
        link.clock().before(end.nanos(), end.serverMillis());
        link.clock()
                .lateMillis(end.nanos(), end.serverMillis())
                .ifPresent(late -> notes.report("lastMessageLateSeconds", late / 1e3));
        notes.served(startedMillis, end.serverMillis());
        return onTime(end.nanos(), end.serverMillis());
    }

    /** The moment of arrival, or where a message came too late the server's own moment. */
    private long onTime(long nanos, long serverMillis) {
        double late = link.clock().lateMillis(nanos, serverMillis).orElse(0);
        if (late <= link.limits().late().toMillis()) {
            return nanos;
        }
        notes.unreliable("a message came " + Math.round(late) + " ms late, more than "
                + link.limits().late().toMillis() + " ms; the server's own time is taken for it");
        return link.clock()
                .offset()
                .map(offset -> Math.min(nanos, offset.nanosOf(serverMillis)))
                .orElse(nanos);
    }

    private Map<String, List<ServerFile>> files() {
        Optional<JsonNode> history = JobHistory.of(link.server(), promptId, startedMillis);
        if (history.isEmpty()) {
            return executed;
        }
        long created = history.get().path("prompt").path(3).path("create_time").asLong();
        if (created > 0) {
            link.clock().after(submitted, created);
            notes.queued(created, startedMillis);
        }
        notes.clock(link.clock());
        return JobHistory.files(history.get());
    }
}
