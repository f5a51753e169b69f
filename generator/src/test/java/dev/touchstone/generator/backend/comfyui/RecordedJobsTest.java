package dev.touchstone.generator.backend.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ended;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Ending;
import dev.touchstone.generator.backend.comfyui.ServerMessage.ServerFile;
import dev.touchstone.generator.phase.Phase;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what real servers said. Expected times are the recordings' own, read off their lines by hand. */
class RecordedJobsTest {

    private static final String OLD = "comfyui-0.3.64-model.jsonl";
    private static final String NEW = "comfyui-0.33.0-model.jsonl";

    @Test
    void aWholeJobHasItsPhasesAndSteps() throws IOException {
        Replayed job = replay(Recording.of(NEW).part("fresh"));

        assertThat(job.heard.order)
                .containsExactly(
                        Phase.QUEUED,
                        Phase.LOADING,
                        Phase.OTHER_WORK,
                        Phase.ENCODING,
                        Phase.SAMPLING,
                        Phase.DECODING,
                        Phase.SAVING,
                        Phase.FETCHING);
        // node 4 runs from the job's start at 0.0513 s to "finished" at 3.0004 s, node 8 from 9.1633 s to "finished"
        assertThat(job.heard.seconds(Phase.LOADING)).isCloseTo(2.949, within(0.002));
        assertThat(job.heard.seconds(Phase.OTHER_WORK)).as("EmptyLatentImage").isLessThan(0.002);
        assertThat(job.heard.steps).hasSize(6);
        // from the end of the last text at 4.2673 s to node 3's "finished"
        assertThat(job.heard.seconds(Phase.SAMPLING)).isCloseTo(9.1633 - 4.2673, within(0.002));
        assertThat(job.phases.cachedNodes()).isEmpty();
        assertThat(job.end.ending()).isEqualTo(Ending.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void everyPartOfARequestIsInOnePhase(String name) throws IOException {
        Replayed job = replay(Recording.of(name).part("fresh"));

        double sum = 0;
        for (Phase phase : Phase.values()) {
            sum += job.heard.seconds(phase);
        }
        assertThat(sum).isCloseTo((job.end.nanos() - job.sent) / 1e9, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void theSameAgainIsAllCachedAndNamesEarlierFiles(String name) throws IOException {
        Recording recording = Recording.of(name);
        Replayed first = replay(recording.part("fresh"));
        Replayed again = replay(recording.part("same again: cached"));

        assertThat(again.phases.cachedNodes()).containsExactlyInAnyOrder("3", "4", "5", "6", "7", "8", "9");
        assertThat(again.phases.cachedPhases()).contains("loading", "encoding", "sampling", "decoding", "saving");
        assertThat(again.heard.order).containsExactly(Phase.QUEUED, Phase.FETCHING);
        assertThat(again.files("9")).isEqualTo(first.files("9")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void aNewSeedKeepsLoaderAndTexts(String name) throws IOException {
        Replayed job = replay(Recording.of(name).part("new seed: partly cached"));

        assertThat(job.phases.cachedNodes()).containsExactly("4", "5", "6", "7");
        assertThat(job.phases.cachedPhases()).contains("encoding", "loading").doesNotContain("sampling");
        assertThat(job.heard.order)
                .containsExactly(Phase.QUEUED, Phase.SAMPLING, Phase.DECODING, Phase.SAVING, Phase.FETCHING);
        assertThat(job.heard.steps).hasSize(6);
    }

    @Test
    void historyOfARepeatedIdIsTheOldResult() throws IOException {
        Recording part = Recording.of(NEW).part("same id again");
        JsonNode post = part.http("POST", "/prompt").get(0);
        String id = post.path("body").path("prompt_id").asText();
        JsonNode history = part.http("GET", "/history/").get(0).path("body").path(id);
        long started = part.messages(id).stream()
                .filter(ServerMessage.Started.class::isInstance)
                .map(message -> ((ServerMessage.Started) message).serverMillis())
                .findFirst()
                .orElseThrow();

        assertThat(JobHistory.startedAt(history, started))
                .as("of the job that runs now")
                .isFalse();
        assertThat(JobHistory.end(id, history).ending()).isEqualTo(Ending.SUCCESS);
    }

    @Test
    void aJobWithoutClientIdReachesEverySocketAndIsOfNobodyHere() throws IOException {
        Recording part = Recording.of(NEW).part("without client_id");
        String foreign = part.http("POST", "/prompt")
                .get(0)
                .path("body")
                .path("prompt_id")
                .asText();

        assertThat(part.messages(foreign)).hasSize(6).allMatch(ServerMessage.States.class::isInstance);
        assertThat(part.messages("another")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"comfyui-0.3.64-core.jsonl", "comfyui-0.33.0-core.jsonl"})
    void errorsOfAnAnswerWithStatus200AreSeen(String name) throws IOException {
        Recording part = Recording.of(name).part("partly invalid: one good, one bad output");
        JsonNode answer = part.http("POST", "/prompt").get(0).path("body");

        assertThat(NodeErrors.failedOutputs(answer)).containsExactly("4");
        assertThat(NodeErrors.words(answer))
                .isEqualTo("node 4 (SaveImage): Exception when validating node ('9')")
                .doesNotContain("traceback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"comfyui-0.3.64-core.jsonl", "comfyui-0.33.0-core.jsonl"})
    void refusalsAreSaidInWords(String name) throws IOException {
        Recording recording = Recording.of(name);

        assertThat(NodeErrors.words(recording
                        .part("invalid: unknown node class")
                        .http("POST", "/prompt")
                        .get(0)
                        .path("body")))
                .contains("NoSuchNode");
        assertThat(NodeErrors.words(recording
                        .part("invalid: value out of range")
                        .http("POST", "/prompt")
                        .get(0)
                        .path("body")))
                .contains("node 1 (EmptyImage): Value -5 smaller than min of 1 (width)");
    }

    @Test
    void anInterruptedJobSaysWhere() throws IOException {
        Recording recording = Recording.of("comfyui-0.33.0-interrupt.jsonl");
        JsonNode post = recording.http("POST", "/prompt").get(0);
        String id = post.path("body").path("prompt_id").asText();
        Ended end = end(recording.messages(id));

        assertThat(end.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(end.words()).isEqualTo("interrupted on the server at node 3 (KSampler)");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void theClockIsBoundedAndLateEndsAreFound(String name) throws IOException {
        Recording recording = Recording.of(name);
        ServerClock clock = new ServerClock();
        for (JsonNode post : recording.http("POST", "/prompt")) {
            String id = post.path("body").path("prompt_id").asText("");
            if (posts(recording, id) > 1) {
                continue; // which of its jobs a message is about is not said
            }
            for (ServerMessage message : recording.messages(id)) {
                if (message instanceof ServerMessage.Started started) {
                    clock.before(started.nanos(), started.serverMillis());
                    // the recording has the time of the answer; the request went out at most 60 ms before
                    clock.after(Recording.nanos(post) - 60_000_000, started.serverMillis());
                } else if (message instanceof Ended ended) {
                    clock.before(ended.nanos(), ended.serverMillis());
                }
            }
        }
        for (JsonNode history : recording.http("GET", "/history/")) {
            history.path("body").properties().forEach(entry -> {
                long created = posts(recording, entry.getKey()) > 1
                        ? 0
                        : entry.getValue()
                                .path("prompt")
                                .path(3)
                                .path("create_time")
                                .asLong();
                recording.http("POST", "/prompt").stream()
                        .filter(post ->
                                post.path("body").path("prompt_id").asText("").equals(entry.getKey()))
                        .filter(post -> created > 0)
                        .findFirst()
                        .ifPresent(post -> clock.after(Recording.nanos(post) - 60_000_000, created));
            });
        }
        ServerClock.Offset offset = clock.offset().orElseThrow();
        assertThat(offset.boundMillis()).isPositive().isLessThan(60);
        double latest = 0;
        for (JsonNode post : recording.http("POST", "/prompt")) {
            for (ServerMessage message :
                    recording.messages(post.path("body").path("prompt_id").asText(""))) {
                if (message instanceof Ended ended) {
                    latest = Math.max(
                            latest,
                            clock.lateMillis(ended.nanos(), ended.serverMillis())
                                    .orElseThrow());
                }
            }
        }
        assertThat(latest).as("these servers were up to 806 ms late").isBetween(200.0, 1_000.0);
    }

    /** A job as it was heard. */
    private record Replayed(HeardPhases heard, JobPhases phases, Ended end, long sent, List<ServerMessage> messages) {

        List<ServerFile> files(String node) {
            return messages.stream()
                    .filter(ServerMessage.Executed.class::isInstance)
                    .map(ServerMessage.Executed.class::cast)
                    .filter(message -> message.node().equals(node))
                    .findFirst()
                    .orElseThrow()
                    .files();
        }
    }

    private static long posts(Recording recording, String promptId) {
        return recording.http("POST", "/prompt").stream()
                .filter(post -> post.path("body").path("prompt_id").asText("").equals(promptId))
                .count();
    }

    private static Ended end(List<ServerMessage> messages) {
        return (Ended)
                messages.stream().filter(Ended.class::isInstance).findFirst().orElseThrow();
    }

    private static Replayed replay(Recording part) {
        JsonNode post = part.http("POST", "/prompt").get(0);
        Map<String, String> classes = new HashMap<>();
        post.path("request")
                .path("prompt")
                .properties()
                .forEach(entry -> classes.put(
                        entry.getKey(), entry.getValue().path("class_type").asText()));
        HeardPhases heard = new HeardPhases();
        long sent = Recording.nanos(post);
        JobPhases phases = new JobPhases(NodePhases.with(Map.of()), classes, heard, 0, sent);
        List<ServerMessage> messages =
                part.messages(post.path("body").path("prompt_id").asText());
        for (ServerMessage message : messages) {
            phases.hear(message);
        }
        Ended end = end(messages);
        phases.over(end.nanos());
        return new Replayed(heard, phases, end, sent, messages);
    }
}
