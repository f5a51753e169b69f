package dev.touchstone.generator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.backend.BackendCapabilities.AnswerSize;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every installed back end. One that needs something outside, such as a server, brings a {@link BackendContractGround}. */
class BackendContractTest {

    static List<String> providers() {
        return BackendProviders.installed().names();
    }

    private static BackendContractGround ground(String provider) {
        return StreamSupport.stream(
                        ServiceLoader.load(BackendContractGround.class).spliterator(), false)
                .filter(each -> each.provider().equals(provider))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(
                                "back end " + provider
                                        + ": expected a BackendContractGround in META-INF/services of the tests, so that the contract can be held to it"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyImageComesOnceInTheSizeThatWasAskedAndPhasesAreSaid(String name) {
        BackendContractGround ground = ground(name);
        BackendProvider provider = BackendProviders.installed().named(name);
        try (ImageBackend backend = provider.open(ground.settings())) {
            Listener heard = new Listener();
            backend.generate(request(backend.capabilities(), ground.size(), 5, 0, 2), heard, heard);

            assertThat(heard.images.keySet()).containsExactly(0, 2);
            assertThat(heard.phases).isNotEmpty().doesNotContain(Phase.COMPLETE, Phase.FAILED);
            assertThat(heard.open).as("attempts that were not ended").isZero();
            heard.images.values().forEach(image -> {
                RgbImage pixels = image.pixels();
                if (backend.capabilities().answerSize() == AnswerSize.AS_ASKED) {
                    assertThat(pixels.widthPixels()).isEqualTo(ground.size().widthPixels());
                    assertThat(pixels.heightPixels()).isEqualTo(ground.size().heightPixels());
                }
            });
        } finally {
            ground.close();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aBackEndThatTakesSeedsDrawsTheSameAgainAndAnotherWithAnother(String name) {
        BackendContractGround ground = ground(name);
        BackendProvider provider = BackendProviders.installed().named(name);
        try (ImageBackend backend = provider.open(ground.settings())) {
            if (backend.capabilities().takes(Setting.SEED)) {
                byte[] first = drawn(backend, ground, 5);
                assertThat(drawn(backend, ground, 5)).isEqualTo(first);
                assertThat(drawn(backend, ground, 6)).isNotEqualTo(first);
            }
        } finally {
            ground.close();
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatItSaysOfItselfGoesTogether(String name) {
        BackendContractGround ground = ground(name);
        BackendProvider provider = BackendProviders.installed().named(name);
        try {
            BackendSettings settings = ground.settings();
            BackendCapabilities said = provider.capabilities(settings);
            assertThat(said.sizes()
                            .accepts(ground.size().widthPixels(), ground.size().heightPixels()))
                    .isTrue();
            assertThat(provider.modelDigest(settings))
                    .matches("[0-9a-f]{64}")
                    .isEqualTo(provider.modelDigest(settings));
            try (ImageBackend backend = provider.open(settings)) {
                assertThat(backend.identity()).containsKeys("id", "version", "runtime");
                BackendCapabilities open = backend.capabilities();
                for (Setting setting : Setting.values()) {
                    assertThat(said.takes(setting) || !open.takes(setting))
                            .as("%s is taken by what is open only if the provider said so", setting)
                            .isTrue();
                }
                assertThat(open.load().concurrency())
                        .isLessThanOrEqualTo(said.load().concurrency());
                backend.cancel();
                backend.cancel();
            }
        } finally {
            ground.close();
        }
    }

    private static byte[] drawn(ImageBackend backend, BackendContractGround ground, long seed) {
        Listener heard = new Listener();
        backend.generate(request(backend.capabilities(), ground.size(), seed, 0), heard, heard);
        return heard.images.get(0).pixels().rgb();
    }

    private static ImageRequest request(
            BackendCapabilities capabilities, SizeRule.Size size, long seed, Integer... images) {
        return new ImageRequest(
                new PromptId("pr-1"),
                "a red bottle on a blue background",
                "",
                size.widthPixels(),
                size.heightPixels(),
                seed,
                List.of(images),
                1,
                new SamplingSettings(
                        capabilities.takes(Setting.SAMPLER)
                                ? capabilities.samplers().stream().findFirst()
                                : Optional.empty(),
                        capabilities.takes(Setting.STEPS) ? OptionalInt.of(2) : OptionalInt.empty(),
                        capabilities.takes(Setting.GUIDANCE) ? OptionalDouble.of(2) : OptionalDouble.empty()),
                Optional.empty());
    }

    private static final class Listener implements PhaseObserver, ImageSink {

        private final SortedMap<Integer, GeneratedImage> images = new TreeMap<>();
        private final List<Phase> phases = new ArrayList<>();
        private int open;

        @Override
        public void enter(Phase phase, int batch) {
            phases.add(phase);
        }

        @Override
        public void step(int batch, int step) {}

        @Override
        public void accept(int imageIndex, GeneratedImage image) {
            assertThat(images.put(imageIndex, image))
                    .as("image %d comes once", imageIndex)
                    .isNull();
        }

        @Override
        public OpenAttempt attempt() {
            open++;
            return end -> open--;
        }
    }
}
