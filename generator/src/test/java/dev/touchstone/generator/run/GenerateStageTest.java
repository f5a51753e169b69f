package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.RequestTimeline;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.Fingerprint;
import dev.touchstone.metrics.image.ImageFormat;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateStageTest {

    @TempDir
    Path runs;

    private final StopSignal stop = new StopSignal();

    @Test
    void everyImageIsOnTheDiskAsItsRecordSays() throws IOException {
        GeneratedRecord generated = generate(plan(3, 3), NoiseBackend.quick());

        assertThat(generated.counts()).isEqualTo(new GeneratedRecord.Counts(9, 0, 0, 0));
        List<ImageRecord> images = images();
        assertThat(images).hasSize(9).allSatisfy(record -> {
            ImageRecord.Complete image = (ImageRecord.Complete) record;
            Path file = folder().picture(image);
            assertThat(Sha256.of(file)).isEqualTo(image.file().sha256());
            assertThat(Files.size(file)).isEqualTo(image.file().bytes());
            assertThat(Fingerprint.of(PngFile.read(file)))
                    .isEqualTo(image.file().fingerprint());
        });
        assertThat(images.stream().map(image -> image.id().toString()))
                .startsWith("pr-000.0", "pr-000.1", "pr-000.2", "pr-001.0")
                .doesNotHaveDuplicates();
        assertThat(RunFolder.open(runs.resolve("r")).verified()).isEqualTo(generated);
        assertThat(Files.readAllBytes(folder().manifestFile())).isEqualTo(Plans.MANIFEST);
        assertThat(folder().prompts().map(PromptRecord::prompt)).first().isEqualTo(Plans.prompt("pr-000"));
        assertThat(folder().header().model()).containsEntry("id", "noise");
    }

    @Test
    void everySizeIsWarmedUpSoThatNoCountedRequestIsTheFirstOfItsSize() {
        GenerationPlan square = plan(2, 1);
        List<PlannedRequest> requests = new ArrayList<>(square.requests());
        requests.add(Plans.request("pr-wide", 1, 96));
        generate(
                new GenerationPlan(square.folder(), square.header(), Plans.MANIFEST, requests, square.shape()),
                new NoiseBackend(200_000, Set.of()));

        List<RequestTimeline> timelines = new ArrayList<>();
        EventReader.timelines(folder().eventsFile(), timelines::add);
        assertThat(timelines.stream().map(RequestTimeline::request))
                .containsExactly("~load", "~warm-0", "~warm-1", "pr-000", "pr-001", "pr-wide");
    }

    @Test
    void phasesOfEveryRequestSumToItsServiceTime() {
        generate(plan(4, 3), new NoiseBackend(200_000, Set.of()));

        List<RequestTimeline> timelines = new ArrayList<>();
        EventReader.timelines(folder().eventsFile(), timelines::add);
        assertThat(timelines.stream().map(RequestTimeline::request))
                .containsExactly("~load", "~warm-0", "pr-000", "pr-001", "pr-002", "pr-003");
        for (ImageRecord image : images()) {
            RequestTimeline timeline = timelines.stream()
                    .filter(each -> each.request().equals(image.id().prompt().value()))
                    .findFirst()
                    .orElseThrow();
            double service =
                    image.request().deliveredSeconds() - image.request().sentSeconds();
            double sum = timeline.phaseSeconds().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(sum).isCloseTo(service, within(0.01 * service));
            assertThat(timeline.stepSeconds()).hasSize(2 * 4);
            assertThat(timeline.phaseSeconds())
                    .containsKeys(Phase.QUEUED, Phase.ENCODING, Phase.SAMPLING, Phase.DECODING, Phase.SAVING);
        }
    }

    @Test
    void aFailingRequestIsRecordedAndTheRunGoesOn() {
        GeneratedRecord generated = generate(plan(4, 2), new NoiseBackend(0, Set.of("pr-001")));

        assertThat(generated.counts()).isEqualTo(new GeneratedRecord.Counts(6, 2, 0, 0));
        assertThat(images().stream().filter(ImageRecord.Failed.class::isInstance))
                .hasSize(2)
                .allSatisfy(record -> {
                    ImageRecord.Failed failed = (ImageRecord.Failed) record;
                    assertThat(failed.reason()).isEqualTo("noise: expected to draw, found the failing prompt pr-001");
                    assertThat(failed.failedPhase()).isEqualTo(Phase.SAMPLING);
                    assertThat(failed.request().firstImageSeconds()).isEmpty();
                    assertThat(folder().output(failed.id(), ImageFormat.PNG)).doesNotExist();
                });
    }

    @Test
    void aFinishedRunIsNotMadeAgain() {
        GeneratedRecord first = generate(plan(2, 2), NoiseBackend.quick());
        NoiseBackend again = NoiseBackend.quick();

        assertThat(generate(plan(2, 2), again)).isEqualTo(first);
        assertThat(again.requests()).isZero();
    }

    @Test
    void failuresInARowStopTheRun() {
        GenerationPlan plan = Plans.of(runs.resolve("r"), 6, 1, 64, 3);
        NoiseBackend backend = new NoiseBackend(0, Set.of("pr-001", "pr-002", "pr-003"));

        assertThatThrownBy(() -> generate(plan, backend))
                .isInstanceOf(TooManyFailuresException.class)
                .hasMessageContaining("found 3; the last, pr-003, with: noise:");
        assertThat(images()).hasSize(4);
    }

    private GenerationPlan plan(int prompts, int imagesPerPrompt) {
        return Plans.of(runs.resolve("r"), prompts, imagesPerPrompt);
    }

    private RunFolder folder() {
        return new RunFolder(runs.resolve("r"));
    }

    private List<ImageRecord> images() {
        try (Stream<ImageRecord> images = folder().images()) {
            return images.toList();
        }
    }

    private GeneratedRecord generate(GenerationPlan plan, NoiseBackend backend) {
        return new GenerateStage(Progress.NONE, stop).run(plan, begunWith -> backend);
    }
}
