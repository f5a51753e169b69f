package dev.touchstone.generator.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.ImageSink.OpenAttempt;
import dev.touchstone.generator.backend.http.FailedCall;
import dev.touchstone.generator.backend.http.FailedCall.Again;
import dev.touchstone.generator.backend.http.FailedCall.Serving;
import dev.touchstone.generator.backend.http.HttpAnswer;
import dev.touchstone.generator.backend.http.HttpCaller;
import dev.touchstone.generator.backend.http.Secret;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** One try of a call: sends it, reads what comes, and records how it ended and what it used up. */
final class ImagesAttempt {

    private static final List<String> KEPT_HEADERS = List.of(
            "x-request-id",
            "request-id",
            "openai-processing-ms",
            "retry-after",
            "x-ratelimit-limit-requests",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-reset-requests");

    private static final int LONGEST_HEADER = 200;

    private final HttpCaller caller;
    private final Secret key;
    private final ImagesCall call;
    private final PhaseObserver phases;
    private final ImageSink sink;

    ImagesAttempt(HttpCaller caller, Secret key, ImagesCall call, PhaseObserver phases, ImageSink sink) {
        this.caller = caller;
        this.key = key;
        this.call = call;
        this.phases = phases;
        this.sink = sink;
    }

    /** What came of a call that was answered. */
    sealed interface Outcome {

        /**
         * Pictures.
         *
         * @param headNanos when the head of the answer was there
         */
        record Drawn(ImagesAnswer answer, long headNanos) implements Outcome {}

        /** Policy refuses the prompt. */
        record Moderated(String reason) implements Outcome {}
    }

    /**
     * Makes the try.
     *
     * @throws FailedCall if nothing came of it
     */
    Outcome make() {
        phases.enter(Phase.WAITING, 0);
        HttpRequest.Builder request = call.http();
        if (!key.isEmpty()) {
            request.header("Authorization", key.bearer());
        }
        SortedMap<String, String> details = new TreeMap<>();
        OpenAttempt open = sink.attempt();
        try (HttpAnswer answer = caller.send(request.build())) {
            keep(answer, details);
            Outcome outcome = read(answer);
            if (outcome instanceof Outcome.Drawn drawn) {
                open.end(new AttemptEnd(
                        AttemptOutcome.ANSWERED,
                        "",
                        drawn.answer().usage(),
                        drawn.answer().reported(),
                        details));
            } else {
                String reason = ((Outcome.Moderated) outcome).reason();
                open.end(new AttemptEnd(AttemptOutcome.MODERATED, reason, List.of(), new TreeMap<>(), details));
            }
            return outcome;
        } catch (FailedCall e) {
            FailedCall clean = new FailedCall(
                    e.kind(), e.serving(), e.again() ? Again.YES : Again.NO, key.hideIn(e.getMessage()), e.askedWait());
            open.end(new AttemptEnd(clean.outcome(), clean.getMessage(), maybeUsed(e), new TreeMap<>(), details));
            phases.enter(Phase.QUEUED, 0);
            throw clean;
        } catch (BackendException e) {
            open.end(new AttemptEnd(
                    e.kind() == Kind.CANCELLED ? AttemptOutcome.CANCELLED : AttemptOutcome.UNKNOWN,
                    key.hideIn(String.valueOf(e.getMessage())),
                    List.of(),
                    new TreeMap<>(),
                    details));
            throw e;
        }
    }

    // A manifest that fears the worst gives unknown-image the price of an image.
    private List<Usage> maybeUsed(FailedCall failure) {
        return failure.serving() == Serving.UNKNOWN
                ? List.of(new Usage("unknown-image", call.indexes().size(), OptionalDouble.empty()))
                : List.of();
    }

    private void keep(HttpAnswer answer, SortedMap<String, String> details) {
        details.put("status", Integer.toString(answer.status()));
        for (String name : KEPT_HEADERS) {
            answer.header(name)
                    .map(value -> key.hideIn(value.replaceAll("\\p{Cntrl}", " ")))
                    .ifPresent(value -> details.put(
                            name, value.length() <= LONGEST_HEADER ? value : value.substring(0, LONGEST_HEADER)));
        }
    }

    private Outcome read(HttpAnswer answer) {
        if (answer.status() != 200) {
            return refused(ErrorAnswer.of(answer.body()), answer);
        }
        if (answer.contentType().equals("text/event-stream")) {
            return stream(answer);
        }
        byte[] body = answer.body();
        Optional<JsonNode> json = ImagesAnswer.parse(body);
        if (json.isEmpty()) {
            String type = answer.contentType();
            throw new FailedCall(
                    Kind.ANSWER,
                    Serving.UNKNOWN,
                    Again.NO,
                    "expected JSON, found " + body.length + " bytes of " + (type.isEmpty() ? "no type" : type)
                            + ". Is base_url the address of the API?");
        }
        Optional<ImagesAnswer> whole = ImagesAnswer.whole(json.get());
        if (whole.isEmpty()) {
            return refused(ErrorAnswer.of(json.get()), answer);
        }
        return new Outcome.Drawn(whole.get(), answer.headNanos());
    }

    private static Outcome refused(ErrorAnswer error, HttpAnswer answer) {
        if (error.moderated()) {
            return new Outcome.Moderated(error.said());
        }
        throw error.failure(answer);
    }

    private Outcome stream(HttpAnswer answer) {
        EventStream events = new EventStream(answer);
        List<JsonNode> completed = new ArrayList<>();
        int previews = 0;
        for (Optional<byte[]> event = events.next(); event.isPresent(); event = events.next()) {
            Optional<JsonNode> json = ImagesAnswer.parse(event.get());
            String type = json.map(one -> one.path("type").asText("")).orElse("");
            if (type.endsWith(".partial_image")) {
                if (previews++ == 0) {
                    phases.enter(Phase.SAMPLING, 0);
                }
                sink.preview(call.indexes().get(0));
            } else if (type.endsWith(".completed")) {
                completed.add(json.get());
            } else if (type.equals("error")
                    || json.filter(one -> one.has("error")).isPresent()) {
                ErrorAnswer error = ErrorAnswer.of(json.get());
                if (error.moderated()) {
                    return new Outcome.Moderated(error.said());
                }
                throw new FailedCall(
                        Kind.SERVER,
                        Serving.UNKNOWN,
                        Again.NO,
                        "expected pictures, found an error in the stream: " + error.said());
            }
        }
        if (completed.isEmpty()) {
            throw new FailedCall(
                    Kind.ANSWER,
                    Serving.UNKNOWN,
                    Again.YES,
                    "expected a finished picture, found a stream that ended after " + previews + " previews");
        }
        return new Outcome.Drawn(ImagesAnswer.streamed(completed), answer.headNanos());
    }
}
