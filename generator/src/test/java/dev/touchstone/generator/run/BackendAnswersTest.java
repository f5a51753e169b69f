package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.generator.run.ImageRecord.Outcome;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a back end may answer, and what becomes of it in a run folder. */
class BackendAnswersTest {

    @TempDir
    Path runs;

    @Test
    void filesAreKeptByteForByteWhateverTheirFormat() throws IOException {
        byte[] jpeg = encoded("jpeg", 64);
        run(answering((request, sink) -> {
            sink.accept(0, GeneratedImage.encoded(jpeg));
            sink.accept(1, NoiseBackend.draw(request, 1));
        }));

        ImageRecord.Complete first = (ImageRecord.Complete) images().get(0);
        assertThat(first.file().path()).isEqualTo("outputs/pr-000.0.jpg");
        assertThat(Files.readAllBytes(folder().picture(first))).isEqualTo(jpeg);
        assertThat(first.file().sha256()).isEqualTo(Sha256.of(jpeg));
        assertThat(first.file().picture()).isEqualTo(new ImageRecord.PictureForm(ImageFormat.JPEG, 64, 64));
        assertThat(((ImageRecord.Complete) images().get(1)).file().path()).isEqualTo("outputs/pr-000.1.png");
    }

    @Test
    void anAnswerThatIsNoPictureOrOfAnotherSizeIsAFailedImageAndTheOthersStay() throws IOException {
        byte[] small = encoded("png", 32);
        run(answering((request, sink) -> {
            sink.accept(0, GeneratedImage.encoded(small));
            sink.accept(1, NoiseBackend.draw(request, 1));
        }));
        ImageRecord.Failed wrong = (ImageRecord.Failed) images().get(0);
        assertThat(wrong.reason()).isEqualTo("back end: expected 64 x 64 pixels, found 32 x 32");
        assertThat(wrong.kind()).contains("answer");
        assertThat(images().get(1)).isInstanceOf(ImageRecord.Complete.class);
    }

    @Test
    void aBackEndThatPromisesNoSizeKeepsTheOneThatComes() throws IOException {
        byte[] small = encoded("png", 32);
        run(new Answering(
                BackendCapabilities.none().withSizes(SizeRule.ANY, BackendCapabilities.AnswerSize.AS_IT_COMES),
                (request, sink) -> sink.accept(0, GeneratedImage.encoded(small))));

        ImageRecord.Complete kept = (ImageRecord.Complete) images().get(0);
        assertThat(kept.file().picture().widthPixels()).isEqualTo(32);
        assertThat(kept.asked().widthPixels()).isEqualTo(64);
        assertThat(kept.asked().seed())
                .as("a seed that is not taken is not recorded")
                .isEmpty();
        assertThat(kept.asked().settings().precision()).isEmpty();
        assertThat(((ImageRecord.Failed) images().get(1)).outcome()).isEqualTo(Outcome.MISSING);
    }

    @Test
    void aRefusalByPolicyIsModeratedAndNoFailure() {
        GeneratedRecord generated = run(answering((request, sink) -> {
            sink.moderated(0, "content policy");
            sink.accept(1, NoiseBackend.draw(request, 1));
        }));

        assertThat(generated.counts()).isEqualTo(new GeneratedRecord.Counts(1, 0, 1, 0));
        ImageRecord.Failed refused = (ImageRecord.Failed) images().get(0);
        assertThat(refused.outcome()).isEqualTo(Outcome.MODERATED);
        assertThat(refused.reason()).isEqualTo("content policy");
    }

    @Test
    void everyAttemptIsARecordWithItsTimesAndWhatItUsedUp() {
        run(answering((request, sink) -> {
            sink.attempt().end(AttemptEnd.of(AttemptOutcome.FAILED, "429"));
            ImageSink.OpenAttempt second = sink.attempt();
            sink.preview(0);
            GeneratedImage.Answered said = GeneratedImage.Answered.NOTHING
                    .by("model-b", "example")
                    .withSeed(99)
                    .withRevised(new RevisedPrompt("server", "a longer prompt"));
            sink.accept(0, GeneratedImage.of(NoiseBackend.draw(request, 0)).answered(said));
            second.end(new AttemptEnd(
                    AttemptOutcome.ANSWERED,
                    "",
                    List.of(
                            new Usage("output-token", 200, OptionalDouble.empty()),
                            new Usage("call", 1, OptionalDouble.of(0.25)),
                            new Usage("unpriced", 1, OptionalDouble.empty())),
                    new TreeMap<>(Map.of("samplingSeconds", 1.5)),
                    new TreeMap<>(Map.of("requestId", "req-1"))));
            sink.attempt(); // never ended
            throw new BackendException(BackendException.Kind.TIMEOUT, "server: expected an answer, found none in 30 s");
        }));

        ImageRecord.Complete first = (ImageRecord.Complete) images().get(0);
        ImageRecord.RequestDetails details = first.request().details();
        assertThat(details.attempts())
                .extracting(each -> each.end().outcome())
                .containsExactly(AttemptOutcome.FAILED, AttemptOutcome.ANSWERED, AttemptOutcome.UNKNOWN);
        assertThat(details.attempts().get(1).sentSeconds())
                .isGreaterThanOrEqualTo(details.attempts().get(0).endSeconds());
        assertThat(details.feesAmount()).isEqualTo(200 * 0.5 + 0.25);
        assertThat(details.attempts().get(1).end().details()).containsEntry("requestId", "req-1");
        assertThat(details.attempts().get(1).end().reported()).containsEntry("samplingSeconds", 1.5);
        assertThat(details.firstPreviewSeconds()).isPresent();
        assertThat(first.answered().seed()).hasValue(99);
        assertThat(first.answered().model()).contains("model-b");
        assertThat(first.asked().revised()).contains(new RevisedPrompt("server", "a longer prompt"));
        ImageRecord.Failed second = (ImageRecord.Failed) images().get(1);
        assertThat(second.kind()).contains("timeout");
        List<String> requests = new ArrayList<>();
        EventReader.timelines(folder().eventsFile(), timeline -> requests.add(timeline.request() + timeline.end()));
        assertThat(requests).as("attempts in the event log are no phases").endsWith("pr-000FAILED");
    }

    @Test
    void requestsThatRunAtOnceLeaveTheSameRecordsInTheSameOrder() throws IOException {
        GenerationPlan one = Plans.of(runs.resolve("one"), 12, 2);
        GenerationPlan four = concurrent(Plans.of(runs.resolve("four"), 12, 2), 4);
        BackendCapabilities free =
                BackendCapabilities.all().withLoad(new BackendCapabilities.Load(8, OptionalDouble.empty()));
        Answer draw = (request, sink) -> {
            for (int index : request.imageIndexes()) {
                sink.accept(index, NoiseBackend.draw(request, index));
            }
        };
        new GenerateStage(Progress.NONE, new StopSignal()).run(one, begun -> new Answering(free, draw));
        new GenerateStage(Progress.NONE, new StopSignal()).run(four, begun -> new Answering(free, draw));

        try (Stream<ImageRecord> a = new RunFolder(one.folder()).images();
                Stream<ImageRecord> b = new RunFolder(four.folder()).images()) {
            assertThat(b.map(BackendAnswersTest::withoutTimes))
                    .containsExactlyElementsOf(
                            a.map(BackendAnswersTest::withoutTimes).toList());
        }
        List<String> requests = new ArrayList<>();
        EventReader.timelines(new RunFolder(four.folder()).eventsFile(), timeline -> requests.add(timeline.request()));
        assertThat(requests).doesNotHaveDuplicates().hasSize(2 + 12); // load and warm-up
    }

    @Test
    void theOrderOfThePlanIsTheOrderOfTheRecordsAndStandsInPrompts() throws IOException {
        GenerationPlan plan = Plans.of(runs.resolve("r"), 3, 1);
        GenerationPlan turned = new GenerationPlan(
                plan.folder(), plan.header(), plan.manifest(), plan.requests(), List.of(2, 0, 1), plan.shape());
        new GenerateStage(Progress.NONE, new StopSignal()).run(turned, begun -> NoiseBackend.quick());

        assertThat(images())
                .extracting(image -> image.id().prompt().value())
                .containsExactly("pr-002", "pr-000", "pr-001");
        assertThat(Files.readAllLines(folder().promptsFile()).subList(1, 4))
                .extracting(line -> Json.parse("line", line).count("order"))
                .containsExactly(1, 2, 0);
    }

    @Test
    void aTaskSaysEverythingOfItsRequest() {
        Prompt prompt = Plans.prompt("ed-001");
        FileReference file = new FileReference("builtin/1/edits/a.png", Sha256.of(new byte[] {1}));
        Prompt edit = new Prompt(
                new PromptId("ed-001"),
                prompt.text(),
                prompt.negative(),
                prompt.labels(),
                prompt.rotation(),
                prompt.asks(),
                Optional.of(new EditSpec(EditSpec.EditMode.RECOLOR, "edit-1", "Make it \"red\"")));
        PlannedRequest request = new PlannedRequest(
                edit,
                "edit-workflows/1",
                1024,
                832,
                3,
                -9_007_199_254_740_993L,
                ImageRequest.SamplingSettings.NONE,
                Optional.of(new EditReference(EditSpec.EditMode.RECOLOR, file, file, 0.75, "Make it \"red\"")));

        assertThat(TaskLine.read(Json.parse("task", TaskLine.write(request)))).isEqualTo(request);
        PlannedRequest plain = Plans.request("pr-000", 2, 64);
        assertThat(TaskLine.read(Json.parse("task", TaskLine.write(plain)))).isEqualTo(plain);
    }

    private static GenerationPlan concurrent(GenerationPlan plan, int requests) {
        return new GenerationPlan(
                plan.folder(),
                plan.header(),
                plan.manifest(),
                plan.requests(),
                new GenerationPlan.Shape(
                        1,
                        1,
                        "fp32",
                        3,
                        new GenerationPlan.Sending(requests, OptionalDouble.empty(), 0),
                        new TreeMap<>()));
    }

    private static String withoutTimes(ImageRecord record) {
        ImageRecord.Complete image = (ImageRecord.Complete) record;
        return image.id() + " " + image.file() + " " + image.asked() + " " + image.answered();
    }

    private GeneratedRecord run(ImageBackend backend) {
        GenerationPlan plan = Plans.of(runs.resolve("r"), 1, 2);
        GenerationPlan priced = new GenerationPlan(
                plan.folder(),
                plan.header(),
                plan.manifest(),
                plan.requests(),
                new GenerationPlan.Shape(
                        0,
                        2,
                        "fp32",
                        3,
                        GenerationPlan.Sending.ONE_BY_ONE,
                        new TreeMap<>(Map.of("output-token", 0.5))));
        return new GenerateStage(Progress.NONE, new StopSignal()).run(priced, begunWith -> backend);
    }

    private RunFolder folder() {
        return new RunFolder(runs.resolve("r"));
    }

    private List<ImageRecord> images() {
        try (Stream<ImageRecord> images = folder().images()) {
            return images.toList();
        }
    }

    private static byte[] encoded(String format, int side) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0x336699);
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static Answering answering(Answer answer) {
        return new Answering(BackendCapabilities.all(), answer);
    }

    @FunctionalInterface
    private interface Answer {
        void to(ImageRequest request, ImageSink sink);
    }

    private record Answering(BackendCapabilities capabilities, Answer answer) implements ImageBackend {

        @Override
        public SortedMap<String, String> identity() {
            return new TreeMap<>(Map.of("id", "answering", "version", "1", "runtime", "none"));
        }

        @Override
        public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
            phases.enter(Phase.SAMPLING, 0);
            answer.to(request, sink);
        }

        @Override
        public void close() {}
    }
}
