package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.backend.BestOfBackend;
import dev.touchstone.generator.backend.CandidateJudge;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.backend.UpsamplingBackend;
import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that draw several candidates for an image, or write prompts out. */
class BestOfRunTest {

    @TempDir
    Path runs;

    @Test
    void theBestOfAllCandidatesIsKeptAndTheRecordShowsTheChoice() throws IOException {
        run(new BestOfBackend(NoiseBackend.quick(), new RedJudge(), 5), 2, 3);

        List<ImageRecord.Complete> images = complete();
        assertThat(images).hasSize(6).allSatisfy(image -> {
            Selection selection = image.selection().orElseThrow();
            assertThat(selection.asked()).isEqualTo(5);
            List<RgbImage> drawn = selection.candidates().stream()
                    .map(candidate -> NoiseBackend.draw(
                            Plans.request(image.id().prompt().value(), 3, 64)
                                    .request(2, 0, EditReference.InputFiles.NONE),
                            candidate.noiseIndex()))
                    .toList();
            assertThat(selection.candidates().stream()
                            .map(candidate ->
                                    candidate.judgement().orElseThrow().adherence()))
                    .isEqualTo(drawn.stream().map(RedJudge::red).toList());
            double most = drawn.stream().mapToDouble(RedJudge::red).max().orElseThrow();
            RgbImage kept = drawn.get(selection.kept());
            assertThat(RedJudge.red(kept)).isEqualTo(most);
            assertThat(Sha256.of(PngFile.encode(kept))).isEqualTo(image.file().sha256());
            assertThat(selection.candidates().get(0).noiseIndex())
                    .isEqualTo(image.id().imageIndex());
        });
        assertThat(images.stream()
                        .map(image -> image.selection().orElseThrow().kept())
                        .distinct())
                .hasSizeGreaterThan(1);
        assertThat(new RunFolder(folder()).header().model())
                .containsEntry("bestOf", "5")
                .containsEntry("judge", "red");
        int bestOf = table().get(0).indexOf("bestOf");
        assertThat(table().get(0).subList(bestOf, bestOf + 4))
                .containsExactly("bestOf", "candidates", "kept", "keptNoiseIndex");
        for (int i = 0; i < images.size(); i++) {
            Selection selection = images.get(i).selection().orElseThrow();
            String noise = Integer.toString(
                    selection.candidates().get(selection.kept()).noiseIndex());
            assertThat(table().get(1 + i).subList(bestOf, bestOf + 4))
                    .containsExactly("5", "5", Integer.toString(selection.kept()), noise);
        }
    }

    @Test
    void allCandidatesAreInTheTimesOfTheRequest() {
        run(new BestOfBackend(new NoiseBackend(200_000, Set.of()), new RedJudge(), 4), 1, 3);

        EventReader.timelines(new RunFolder(folder()).eventsFile(), timeline -> {
            if (!timeline.excluded()) {
                assertThat(timeline.stepSeconds()).hasSize(4 * 6); // 12 candidates in batches of 2
                assertThat(timeline.phaseSeconds()).containsKey(Phase.JUDGING);
                double sum = timeline.phaseSeconds().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(sum)
                        .isCloseTo(
                                timeline.endSeconds() - timeline.startSeconds(),
                                org.assertj.core.api.Assertions.within(1e-5));
            }
        });
    }

    @Test
    void ofEqualCandidatesTheSurestIsKeptThenTheFirst() {
        CandidateJudge judge = new RedJudge() {
            @Override
            public List<Optional<Judgement>> judge(PromptId prompt, List<RgbImage> candidates) {
                List<Double> sure = List.of(0.2, 0.7, 0.7000001, 0.1);
                return Stream.of(0, 1, 2, 3)
                        .map(i -> Optional.of(new Judgement(i == 3 ? 0.25 : 0.5, sure.get(i))))
                        .toList();
            }
        };
        run(new BestOfBackend(NoiseBackend.quick(), judge, 4), 1, 1);

        assertThat(complete().get(0).selection().orElseThrow().kept()).isEqualTo(1);
    }

    @Test
    void aPromptThatAsksForNothingKeepsTheFirst() {
        CandidateJudge judge = new RedJudge() {
            @Override
            public List<Optional<Judgement>> judge(PromptId prompt, List<RgbImage> candidates) {
                return Collections.nCopies(candidates.size(), Optional.empty());
            }
        };
        run(new BestOfBackend(NoiseBackend.quick(), judge, 3), 1, 2);

        assertThat(complete()).hasSize(2).allSatisfy(image -> {
            assertThat(image.selection().orElseThrow().kept()).isZero();
            assertThat(image.selection().orElseThrow().candidates().get(0).judgement())
                    .isEmpty();
        });
    }

    @Test
    void imagesWhoseCandidatesCameBeforeAFailureAreKept() {
        // Fails in the third batch of two: the first image has its three candidates, the second has one, the third
        // none.
        ImageBackend failing = new NoiseBackend(0, Set.of()) {
            @Override
            public void generate(
                    dev.touchstone.generator.backend.ImageRequest request,
                    dev.touchstone.generator.phase.PhaseObserver phases,
                    dev.touchstone.generator.backend.ImageSink sink) {
                int[] drawn = new int[1];
                super.generate(request, phases, (index, image) -> {
                    if (drawn[0]++ == 4) {
                        throw new dev.touchstone.generator.backend.BackendException(
                                "noise: expected to go on, found the end");
                    }
                    sink.accept(index, image);
                });
            }
        };
        run(new BestOfBackend(failing, new RedJudge(), 3), 1, 3);

        List<ImageRecord> images = images();
        assertThat(images).hasSize(3);
        assertThat(((ImageRecord.Complete) images.get(0))
                        .selection()
                        .orElseThrow()
                        .candidates())
                .hasSize(3);
        assertThat(((ImageRecord.Complete) images.get(1))
                        .selection()
                        .orElseThrow()
                        .candidates())
                .hasSize(1);
        assertThat(images.get(2)).isInstanceOf(ImageRecord.Failed.class);
    }

    @Test
    void aPromptIsWrittenOutForTheModelAndStaysAsItWasInTheRecord() throws IOException {
        GenerationPlan plan = Plans.of(folder(), 2, 1);
        Map<PromptId, dev.touchstone.generator.prompt.Prompt> prompts =
                plan.requests().stream().collect(Collectors.toMap(PlannedRequest::id, PlannedRequest::prompt));
        new GenerateStage(Progress.NONE, new StopSignal())
                .run(plan, begunWith -> new UpsamplingBackend(NoiseBackend.quick(), prompts));

        assertThat(complete()).hasSize(2).allSatisfy(image -> {
            assertThat(image.asked().prompt()).isEqualTo(Plans.prompt("pr-000").text());
            // The prompt of these plans holds a foreign letter, which the grammar must not lose.
            assertThat(image.asked().revised())
                    .contains(new RevisedPrompt("unread", Plans.prompt("pr-000").text()));
        });
        SortedMap<String, Integer> counts = new RunFolder(folder()).verified().revisedPrompts();
        assertThat(counts).containsExactly(Map.entry("unread", 2));
        List<String> heading = table().get(0);
        assertThat(table().get(1).get(heading.indexOf("revisedOutcome"))).isEqualTo("unread");
        assertThat(table().get(1).get(heading.indexOf("bestOf"))).isEmpty();
    }

    /** The cells of metadata.csv, of texts without quotes in them. */
    private List<List<String>> table() throws IOException {
        return Files.readAllLines(new RunFolder(folder()).metadataFile()).stream()
                .map(line ->
                        List.of(line.replaceAll("\"(\"\"|[^\"])*\"", "text").split(",", -1)))
                .toList();
    }

    private Path folder() {
        return runs.resolve("r");
    }

    private void run(ImageBackend backend, int prompts, int images) {
        new GenerateStage(Progress.NONE, new StopSignal())
                .run(Plans.of(folder(), prompts, images), begunWith -> backend);
    }

    private List<ImageRecord> images() {
        try (Stream<ImageRecord> images = new RunFolder(folder()).images()) {
            return images.toList();
        }
    }

    private List<ImageRecord.Complete> complete() {
        return images().stream().map(ImageRecord.Complete.class::cast).toList();
    }
}
