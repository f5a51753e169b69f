package dev.touchstone.generator.backend.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.GeneratedImage.Content;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.simulator.CohortTruth;
import dev.touchstone.generator.simulator.DialectName;
import dev.touchstone.generator.simulator.Fault;
import dev.touchstone.generator.simulator.FaultPlan;
import dev.touchstone.generator.simulator.Ledger.ServiceTimes;
import dev.touchstone.generator.simulator.Simulator;
import dev.touchstone.generator.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComfyUiBackendTest {

    private static final CohortTruth TIMED = new CohortTruth(
            1, 0, new CohortTruth.Phases(Duration.ofMillis(40), Duration.ofMillis(12), 5, Duration.ofMillis(25), 0.1));

    @TempDir
    Path folder;

    @Test
    void phasesEqualTheTrueOnesWithinFiveMillisecondsAtTheMedian() {
        List<HeardPhases> heard = new ArrayList<>();
        try (Simulator simulator = start(SimulatorSettings.instant().with(TIMED))) {
            try (ImageBackend backend = open(simulator, Map.of())) {
                for (int i = 0; i < 15; i++) {
                    HeardPhases one = new HeardPhases();
                    backend.generate(request("pr-" + i, 1, 0), one, new Kept());
                    heard.add(one);
                }
            }
            List<ServiceTimes> truth =
                    simulator.ledger().served().stream().map(one -> one.times()).toList();
            assertThat(truth).hasSize(15);
            assertThat(medianError(heard, truth, Phase.ENCODING, ServiceTimes::encoding))
                    .isLessThan(5);
            assertThat(medianError(heard, truth, Phase.SAMPLING, ServiceTimes::sampling))
                    .isLessThan(5);
            assertThat(medianError(heard, truth, Phase.DECODING, ServiceTimes::decoding))
                    .isLessThan(5);
            heard.forEach(one -> assertThat(one.steps).hasSize(5));
        }
    }

    private static double medianError(
            List<HeardPhases> heard, List<ServiceTimes> truth, Phase phase, Function<ServiceTimes, Duration> of) {
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            errors.add(Math.abs(
                    heard.get(i).seconds(phase) * 1e3 - of.apply(truth.get(i)).toNanos() / 1e6));
        }
        errors.sort(Double::compare);
        return errors.get(errors.size() / 2);
    }

    @Test
    void aBatchIsOneJobWhosePicturesShareASeed() {
        try (Simulator simulator = start(SimulatorSettings.instant());
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            backend.generate(request("pr-1", 2, 0, 0, 1, 2), new HeardPhases(), kept);

            assertThat(kept.images.keySet()).containsExactly(0, 1, 2);
            assertThat(simulator.ledger().served())
                    .extracting(one -> one.pictures().size())
                    .containsExactly(2, 1);
            assertThat(kept.seed(0)).isEqualTo(kept.seed(1)).isNotEqualTo(kept.seed(2));
            assertThat(kept.ends)
                    .extracting(end -> end.details().get("batchSize"))
                    .containsExactly("2", "1");
        }
    }

    @Test
    void nothingThatAServerTellsOfItsMachineIsKept() {
        try (Simulator simulator = start(SimulatorSettings.instant());
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), kept);

            assertThat(backend.identity().toString())
                    .contains("ComfyUI 0.33.0-simulated")
                    .doesNotContain("/srv", "secret-flag");
            String bytes =
                    new String(((Content.Encoded) kept.images.get(0).content()).bytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes).doesNotContain("tEXt", "KSampler", "safetensors");
            assertThat(kept.images.get(0).pixels().widthPixels()).isEqualTo(64);
        }
    }

    @Test
    void previewsComeWhereTheyAreAskedFor() {
        try (Simulator simulator = start(SimulatorSettings.instant());
                ImageBackend backend = open(simulator, Map.of())) {
            Kept without = new Kept();
            backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), without);
            Kept with = new Kept();
            backend.generate(request("pr-2", 1, 1, 0), new HeardPhases(), with);

            assertThat(without.previews).isZero();
            assertThat(with.previews).isEqualTo(1);
        }
    }

    @Test
    void aVanishedJobEndsTheWait() {
        try (Simulator simulator = start(faulty(Fault.VANISHED_JOB));
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            assertThatThrownBy(() -> backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), kept))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SERVER))
                    .hasMessageContaining("expected it in the server's queue or history, found it in neither");
            assertThat(kept.ends).extracting(AttemptEnd::outcome).containsExactly(AttemptOutcome.FAILED);
        }
    }

    @Test
    void aLateEndIsFlaggedAndTheServersOwnTimeTaken() {
        SimulatorSettings settings = SimulatorSettings.instant().with(TIMED).with((FaultPlan) (request, attempt) ->
                request.contains("pr-late") ? Optional.of(Fault.LATE_TERMINAL) : Optional.empty());
        try (Simulator simulator = start(settings);
                ImageBackend backend = open(simulator, Map.of())) {
            Kept onTime = new Kept();
            backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), onTime);
            Kept late = new Kept();
            HeardPhases heard = new HeardPhases();
            backend.generate(request("pr-late", 1, 0, 0), heard, late);

            assertThat(onTime.ends.get(0).details()).doesNotContainKey("phaseTimes");
            assertThat(onTime.ends.get(0).reported()).containsKeys("clockOffsetSeconds", "clockOffsetBoundSeconds");
            assertThat(late.images).hasSize(1);
            assertThat(late.ends.get(0).details().get("phaseTimes")).startsWith("unreliable: a message came ");
            assertThat(late.ends.get(0).reported().get("lastMessageLateSeconds"))
                    .isGreaterThan(0.5);
            assertThat(heard.seconds(Phase.FETCHING))
                    .as("the wait for the late message is not the saving's")
                    .isGreaterThan(heard.seconds(Phase.SAVING));
        }
    }

    @Test
    void anErrorInAnAnswerWithStatus200IsSeen() throws IOException {
        Path workflow = folder.resolve("two.json");
        Files.writeString(
                workflow,
                SimulatedComfyUi.workflow()
                        .replaceFirst(
                                "\\{",
                                "{\"10\": {\"class_type\": \"SaveImage\", \"inputs\": {\"images\": [\"99\", 0]}},"));
        try (Simulator simulator = start(SimulatorSettings.instant())) {
            String url = simulator.address().toString();
            try (ImageBackend backend =
                    new ComfyUiProvider().open(SimulatedComfyUi.settings(url, workflow, Map.of()))) {
                assertThatThrownBy(() -> backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), new Kept()))
                        .isInstanceOfSatisfying(
                                BackendException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                        .hasMessageContaining("status 200, node 10 (SaveImage): Exception when validating node");
            }
            Map<String, Value> named = Map.of("outputs", new Value.Many(List.of("9")));
            try (ImageBackend backend = new ComfyUiProvider().open(SimulatedComfyUi.settings(url, workflow, named))) {
                Kept kept = new Kept();
                backend.generate(request("pr-2", 1, 0, 0), new HeardPhases(), kept);
                assertThat(kept.images).as("the output that counts is good").hasSize(1);
                assertThat(kept.ends.get(0).details().get("nodeErrors")).contains("node 10");
            }
        }
    }

    @Test
    void aCachedRerunIsRunAgainOrRefusedAsTheManifestSays() {
        try (Simulator simulator = start(SimulatorSettings.instant())) {
            try (ImageBackend backend = open(simulator, Map.of())) {
                backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), new Kept());
                Kept again = new Kept();
                backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), again);

                assertThat(again.images).hasSize(1);
                assertThat(again.ends)
                        .extracting(AttemptEnd::outcome)
                        .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ANSWERED);
                assertThat(again.ends.get(0).details().get("cachedPhases")).contains("sampling");
                assertThat(again.ends.get(0).details().get("earlierAttempts")).isEqualTo("1");
                assertThat(simulator.ledger().pictures()).isEqualTo(2);
            }
            try (ImageBackend backend = open(simulator, Map.of("cached_answers", new Value.One("refuse")))) {
                assertThatThrownBy(() -> backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), new Kept()))
                        .isInstanceOfSatisfying(
                                BackendException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.ANSWER))
                        .hasMessageContaining("expected new pictures, found the files of an earlier job");
            }
        }
    }

    @Test
    void progressOfJobsOfOthersChangesNothing() throws Exception {
        try (Simulator simulator = start(SimulatorSettings.instant().with(TIMED));
                ImageBackend backend = open(simulator, Map.of())) {
            String job = "{\"prompt\":" + SimulatedComfyUi.workflow() + "}";
            HttpRequest foreign = HttpRequest.newBuilder(URI.create(simulator.address() + "/prompt"))
                    .POST(HttpRequest.BodyPublishers.ofString(job))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(foreign, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            HeardPhases heard = new HeardPhases();
            Kept kept = new Kept();
            backend.generate(request("pr-1", 1, 0, 0), heard, kept);

            assertThat(kept.images).hasSize(1);
            assertThat(heard.steps).as("of our own five steps").hasSize(5);
            assertThat(heard.order.get(0)).isEqualTo(Phase.QUEUED);
        }
    }

    @Test
    void anErrorOnTheServerIsSaidWithoutItsPathsAndTraceback() {
        try (Simulator simulator = start(faulty(Fault.BARE_ERROR));
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            assertThatThrownBy(() -> backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), kept))
                    .isInstanceOfSatisfying(
                            BackendException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SERVER))
                    .hasMessageContaining("RuntimeError: could not read (path) at node 8 (VAEDecode)");
            assertThat(kept.ends.get(0).reason()).doesNotContain("/srv", "execution.py");
        }
    }

    @Test
    void aServerThatTakesNothingNowIsAskedAgainAndALostAnswerIsLookedFor() {
        SimulatorSettings settings = SimulatorSettings.instant()
                .with(FaultPlan.first(Fault.RATE_LIMITED, Fault.RESET_BEFORE, Fault.RESET_AFTER));
        try (Simulator simulator = start(settings);
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            backend.generate(request("pr-1", 1, 0, 0), new HeardPhases(), kept);

            assertThat(kept.images).hasSize(1);
            assertThat(kept.ends).hasSize(3);
            assertThat(kept.ends.get(2).details().get("submission")).isEqualTo("not answered, but taken");
            assertThat(simulator.ledger().pictures()).as("drawn once").isEqualTo(1);
        }
    }

    @Test
    void everythingIsSaidTwiceAndCountsOnce() {
        try (Simulator simulator = start(faulty(Fault.DUPLICATE));
                ImageBackend backend = open(simulator, Map.of())) {
            Kept kept = new Kept();
            HeardPhases heard = new HeardPhases();
            backend.generate(request("pr-1", 1, 0, 0), heard, kept);

            assertThat(kept.images).hasSize(1);
            assertThat(heard.steps).hasSize(5);
        }
    }

    @Test
    void aMappingThatDoesNotFitTheWorkflowIsRefusedWithAllProblems() {
        SortedMap<String, String> inputs =
                new TreeMap<>(Map.of("prompt", "6.txt", "seed", "33.seed", "width", "5.width"));
        Map<String, Value> wrong = Map.of("inputs", new Value.Table(inputs));
        assertThatThrownBy(() -> new ComfyUiProvider()
                        .capabilities(SimulatedComfyUi.settings(
                                "http://127.0.0.1:1", Path.of("../eval/manifests/comfyui-workflow.json"), wrong)))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("an input of node 6 (text, clip), found \"txt\". did you mean \"text\"?")
                .hasMessageContaining("found \"33\", which 0 nodes have")
                .hasMessageContaining("expected both of width and height");
    }

    private static SimulatorSettings faulty(Fault fault) {
        return SimulatorSettings.instant().with(FaultPlan.always(fault));
    }

    private static Simulator start(SimulatorSettings settings) {
        return Simulator.start(DialectName.COMFYUI, 0, settings);
    }

    private static ImageBackend open(Simulator simulator, Map<String, Value> more) {
        return new ComfyUiProvider().open(SimulatedComfyUi.settings(simulator, more));
    }

    private static ImageRequest request(String id, int batchSize, int previews, Integer... indexes) {
        return new ImageRequest(
                new PromptId(id),
                "a red bottle on a blue background " + id,
                "blurred",
                64,
                64,
                7,
                indexes.length == 0 ? List.of(0) : List.of(indexes),
                batchSize,
                previews,
                new SamplingSettings(Optional.of("euler"), OptionalInt.of(5), OptionalDouble.of(2.5)),
                Optional.empty());
    }

    /** Keeps what comes. */
    private static final class Kept implements ImageSink {

        private final SortedMap<Integer, GeneratedImage> images = new TreeMap<>();
        private final List<AttemptEnd> ends = new ArrayList<>();
        private int previews;

        @Override
        public void accept(int imageIndex, GeneratedImage image) {
            images.put(imageIndex, image);
        }

        @Override
        public void preview(int imageIndex) {
            previews++;
        }

        @Override
        public OpenAttempt attempt() {
            return ends::add;
        }

        long seed(int imageIndex) {
            return images.get(imageIndex).answered().seed().orElseThrow();
        }
    }
}
