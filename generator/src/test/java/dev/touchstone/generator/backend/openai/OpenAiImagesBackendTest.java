package dev.touchstone.generator.backend.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.BackendSettings.Model;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.http.RetrySettings;
import dev.touchstone.generator.backend.http.Secret;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.simulator.DialectName;
import dev.touchstone.generator.simulator.Fault;
import dev.touchstone.generator.simulator.FaultPlan;
import dev.touchstone.generator.simulator.Simulator;
import dev.touchstone.generator.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenAiImagesBackendTest {

    private static final String KEY = "sk-a-key-that-shows-nowhere";
    private static final RetrySettings QUICK = new RetrySettings(
            3, Duration.ofMillis(5), Duration.ofSeconds(5), new RetrySettings.Breaker(50, Duration.ofMillis(50)));

    private final Heard heard = new Heard();

    @Test
    void handsOverAPictureForEverySeedAndSaysWhatItUsedUp() {
        ask(FaultPlan.NONE, Map.of(), 2);

        assertThat(heard.pictures.keySet()).containsExactly(0, 1);
        GeneratedImage first = heard.pictures.get(0);
        assertThat(first.pixels().widthPixels()).isEqualTo(64);
        assertThat(first.answered().seed()).hasValue(request(2).imageSeed(0, 31));
        // 64 x 64 pixels are 4 x 4 tokens; "a red house" is three words.
        assertThat(heard.ends)
                .hasSize(2)
                .allSatisfy(end -> assertThat(end.usage())
                        .extracting(Usage::kind, Usage::quantity)
                        .containsExactly(
                                tuple("image", 1.0),
                                tuple("input-text-token", 3.0),
                                tuple("output-image-token", 16.0)));
        assertThat(heard.ends.get(0).details())
                .containsKeys("status", "x-request-id", "x-ratelimit-remaining-requests");
    }

    @Test
    void aStreamTellsTheFirstPreviewAndTheStagesTellTheirTimes() {
        ask(FaultPlan.NONE, Map.of("stream", new Value.One("true")), 1);
        assertThat(heard.previews).isEqualTo(1);
        assertThat(heard.pictures).hasSize(1);

        Heard timed = new Heard();
        SortedMap<String, String> stages = new TreeMap<>(Map.of("decoding", "vae_decode_time_s"));
        ask(FaultPlan.NONE, Map.of("stages", new Value.Table(stages)), 1, timed);
        assertThat(timed.phases).contains(Phase.WAITING, Phase.DECODING);
    }

    @Test
    void aPictureIsFetchedFromTheServerAndFromNobodyElse() {
        ask(FaultPlan.NONE, Map.of("response_format", new Value.One("url")), 1);
        assertThat(heard.pictures).hasSize(1);
        assertThat(heard.phases).contains(Phase.FETCHING);

        assertThatThrownBy(() -> ask(
                        FaultPlan.NONE,
                        Map.of(
                                "response_format", new Value.One("url"),
                                "url_hosts", new Value.Many(List.of("pictures.example"))),
                        1,
                        new Heard()))
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith(
                        "openai-images: expected a picture from pictures.example, found one at 127.0.0.1:");
    }

    @Test
    void aTryThatWasNotServedIsMadeAgainAndCostsNothing() {
        for (Fault fault : List.of(Fault.UNAVAILABLE, Fault.RATE_LIMITED)) {
            Heard one = new Heard();
            ask(FaultPlan.first(fault), Map.of(), 1, one);

            assertThat(one.pictures).as(fault.id()).hasSize(1);
            assertThat(one.outcomes()).as(fault.id()).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ANSWERED);
            assertThat(one.ends.get(0).usage()).as(fault.id()).isEmpty();
        }
    }

    @Test
    void aTryThatMayHaveBeenServedIsMadeAgainAndSaysThatItMayCost() {
        for (Fault fault : List.of(Fault.RESET_AFTER, Fault.RESET_BEFORE, Fault.TRUNCATED_BODY)) {
            Heard one = new Heard();
            ask(FaultPlan.first(fault), Map.of(), 1, one);

            assertThat(one.pictures).as(fault.id()).hasSize(1);
            assertThat(one.outcomes()).as(fault.id()).containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.ANSWERED);
            assertThat(one.ends.get(0).usage())
                    .as(fault.id())
                    .extracting(Usage::kind)
                    .containsExactly("unknown-image");
            assertThat(one.ends.get(0).reason()).as(fault.id()).contains("connection broke");
        }
    }

    @Test
    void silenceAndAnswersThatDripAreGivenUp() {
        for (Fault fault : List.of(Fault.SILENCE, Fault.SLOW_DRIP)) {
            Heard one = new Heard();
            ask(FaultPlan.first(fault), Map.of("answer_seconds", new Value.One("1")), 1, one);

            assertThat(one.pictures).as(fault.id()).hasSize(1);
            assertThat(one.outcomes()).as(fault.id()).containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.ANSWERED);
            assertThat(one.ends.get(0).reason()).as(fault.id()).contains("within 1 s");
        }
    }

    @Test
    void aBrokenServerAndAPageForPeopleAreNotAskedAgain() {
        Map<Fault, String> messages = Map.of(
                Fault.BARE_ERROR, "found status 500: \"out of memory while loading the model\"",
                Fault.WRONG_TYPE, "expected JSON, found 37 bytes of text/html");
        messages.forEach((fault, message) -> {
            Heard one = new Heard();
            assertThatThrownBy(() -> ask(FaultPlan.always(fault), Map.of(), 1, one))
                    .as(fault.id())
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining(message);
            assertThat(one.outcomes()).as(fault.id()).containsExactly(AttemptOutcome.UNKNOWN);
        });
    }

    @Test
    void aRefusalByPolicyIsAStateOfItsOwn() {
        ask(FaultPlan.always(Fault.MODERATED), Map.of(), 1);

        assertThat(heard.moderated.get(0)).contains("rejected by the safety system", "moderation_blocked");
        assertThat(heard.outcomes()).containsExactly(AttemptOutcome.MODERATED);
    }

    @Test
    void liesAreHandedOverAsTheyAreOrRejected() {
        ask(FaultPlan.always(Fault.WRONG_SIZE), Map.of(), 1);
        assertThat(heard.pictures.get(0).pixels().widthPixels()).isEqualTo(92);

        Heard fewer = new Heard();
        ask(FaultPlan.always(Fault.FEWER_IMAGES), Map.of(), 1, fewer);
        assertThat(fewer.pictures).isEmpty();

        Heard same = new Heard();
        ask(FaultPlan.always(Fault.IGNORED_SEED), Map.of(), 2, same);
        assertThat(same.pictures.keySet()).containsExactly(0);
        assertThat(same.rejected.get(1)).contains("found the same again");

        Heard whole = new Heard();
        ask(FaultPlan.always(Fault.JSON_FOR_STREAM), Map.of("stream", new Value.One("true")), 1, whole);
        assertThat(whole.pictures).hasSize(1);
        assertThat(whole.previews).isZero();

        Heard twice = new Heard();
        ask(FaultPlan.always(Fault.DUPLICATE), Map.of("stream", new Value.One("true")), 1, twice);
        assertThat(twice.pictures.keySet()).containsExactly(0);
        assertThat(twice.rejected).isEmpty();
    }

    @Test
    void aServerWhoseSeedsDoNothingIsFoundOutFirst() {
        try (Simulator simulator = Simulator.start(
                DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant().with(FaultPlan.always(Fault.IGNORED_SEED)))) {
            for (Map<String, Value> options :
                    List.<Map<String, Value>>of(Map.of(), Map.of("fields", new Value.Table(new TreeMap<>())))) {
                assertThatThrownBy(() -> backend(simulator, options)
                                .probe()
                                .orElseThrow()
                                .run(request(1), heard, heard))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("expected another picture for");
            }
            assertThat(heard.outcomes()).hasSize(3 + 2).containsOnly(AttemptOutcome.ANSWERED);
        }
    }

    @Test
    void anHonestServerPassesTheProbeAndWithoutItNothingIsDrawn() {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            backend(simulator, Map.of()).probe().orElseThrow().run(request(1), heard, heard);
            assertThat(heard.outcomes()).hasSize(3);
            assertThat(heard.pictures).isEmpty();
            assertThat(backend(simulator, Map.of("seed_probe", new Value.One("off")))
                            .probe())
                    .isEmpty();
        }
    }

    @Test
    void whatServersExecuteIsSentOnlyWhereTheManifestSaysSo() {
        ImageRequest lora = new ImageRequest(
                new PromptId("p-1"),
                "a house <lora:x:1>",
                "",
                64,
                64,
                7,
                List.of(0),
                1,
                SamplingSettings.NONE,
                Optional.empty());
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            assertThatThrownBy(() -> backend(simulator, Map.of()).generate(lora, heard, heard))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("found \"<lora:\"");
            backend(simulator, Map.of("prompt_syntax", new Value.One("pass"))).generate(lora, heard, heard);
        }
        assertThat(heard.pictures).hasSize(1);
    }

    @Test
    void aKeyThatAServerQuotesShowsNowhere() {
        assertThat(new Object[] {secret().toString(), secret().hideIn("Incorrect API key provided: " + KEY)})
                .noneMatch(text -> text.toString().contains(KEY));
        assertThatThrownBy(() -> Secret.of("openai-images", "NAME", name -> "two words " + KEY))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("NAME")
                .hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> Secret.of("openai-images", "NAME", name -> null))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("environment variable NAME, found none");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        Simulator gone = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant());
        gone.close();

        assertThatThrownBy(() -> backend(gone, Map.of()).generate(request(1), heard, heard))
                .isInstanceOf(BackendException.class)
                .hasMessage("openai-images: expected a server at " + gone.address()
                        + ", found none. Is it running, and is base_url right?")
                .extracting(e -> ((BackendException) e).kind())
                .isEqualTo(Kind.CONNECTION);
        assertThat(heard.outcomes()).containsOnly(AttemptOutcome.FAILED).hasSize(3);
    }

    private void ask(FaultPlan faults, Map<String, Value> options, int images) {
        ask(faults, options, images, heard);
    }

    private static void ask(FaultPlan faults, Map<String, Value> options, int images, Heard heard) {
        try (Simulator simulator = Simulator.start(
                DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant().with(faults))) {
            backend(simulator, options).generate(request(images), heard, heard);
        }
    }

    private static ImageRequest request(int images) {
        return new ImageRequest(
                new PromptId("p-1"),
                "a red house",
                "",
                64,
                64,
                7,
                IntStream.range(0, images).boxed().toList(),
                1,
                1,
                SamplingSettings.NONE,
                Optional.empty());
    }

    private static Secret secret() {
        return Secret.of("openai-images", "NAME", name -> KEY);
    }

    private static OpenAiImagesBackend backend(Simulator simulator, Map<String, Value> more) {
        SortedMap<String, Value> values = new TreeMap<>();
        OpenAiOptions.SCHEMA.options().forEach(option -> {
            if (option.presence() instanceof Presence.Otherwise otherwise) {
                values.put(option.key(), new Value.One(otherwise.text()));
            }
        });
        values.put("base_url", new Value.One(simulator.address() + "/v1"));
        values.put("fields", new Value.Table(new TreeMap<>(Map.of("seed", "seed"))));
        values.putAll(more);
        BackendSettings settings =
                new BackendSettings(new Model("simulated", "1"), "auto", "fp32", new OptionValues(values));
        return new OpenAiImagesBackend(
                settings.model(),
                new OpenAiOptions(settings.options()),
                new OpenAiImagesProvider().capabilities(settings),
                secret(),
                QUICK);
    }

    /** Everything that a back end says. */
    private static final class Heard implements ImageSink, PhaseObserver {

        private final SortedMap<Integer, GeneratedImage> pictures = new TreeMap<>();
        private final SortedMap<Integer, String> moderated = new TreeMap<>();
        private final SortedMap<Integer, String> rejected = new TreeMap<>();
        private final List<AttemptEnd> ends = new ArrayList<>();
        private final List<Phase> phases = new ArrayList<>();
        private int previews;

        List<AttemptOutcome> outcomes() {
            return ends.stream().map(AttemptEnd::outcome).toList();
        }

        @Override
        public void accept(int imageIndex, GeneratedImage image) {
            pictures.put(imageIndex, image);
        }

        @Override
        public void preview(int imageIndex) {
            previews++;
        }

        @Override
        public void moderated(int imageIndex, String reason) {
            moderated.put(imageIndex, reason);
        }

        @Override
        public void rejected(int imageIndex, String reason) {
            rejected.put(imageIndex, reason);
        }

        @Override
        public OpenAttempt attempt() {
            return ends::add;
        }

        @Override
        public void enter(Phase phase, int batch) {
            phases.add(phase);
        }

        @Override
        public void step(int batch, int step) {}
    }
}
