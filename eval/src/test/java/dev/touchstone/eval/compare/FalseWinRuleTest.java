package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.FalseWin.Severity;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.label.Answer;
import dev.touchstone.eval.label.JudgedPicture;
import dev.touchstone.eval.label.PictureMatch;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.eval.label.Reviewer;
import dev.touchstone.eval.label.Vote;
import dev.touchstone.eval.label.VoteStatus;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.metric.Direction;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule by a fault that is planted into a candidate that otherwise equals its base. */
class FalseWinRuleTest {

    @TempDir
    Path runs;

    private final PlantedRun base = new PlantedRun();
    private final PlantedRun candidate = new PlantedRun();
    private Surroundings surroundings = Surroundings.NONE;
    private List<CohortDifferences> cohorts = List.of(won("usable.rate"));

    @BeforeEach
    void redrawn() {
        // Another guidance: every picture is another file, and no rule asks about guidance.
        base.manifest.put("generation.guidance", "3");
        candidate.manifest.put("generation.guidance", "2.5");
        candidate.change = (prompt, index, image) -> image.content += " again";
    }

    private Map<String, Severity> fired() {
        ComparedRun before = base.make();
        ComparedRun after = candidate.make();
        Pairing pairs = Pairing.of(before.samples().prompts(), after.samples().prompts());
        Conditions conditions =
                ConditionDiff.of(before, after, List.of("guidance", "steps", "judge", "metric-weights"));
        Map<String, Severity> fired = new LinkedHashMap<>();
        FalseWinRule.fired(new RuleInput(
                        before,
                        after,
                        pairs,
                        PicturePairs.of(before.pictures(), after.pictures(), pairs),
                        conditions,
                        cohorts,
                        surroundings))
                .forEach(win -> fired.put(win.id(), win.severity()));
        return fired;
    }

    private void plant(PlantedRun.Change change) {
        PlantedRun.Change before = candidate.change;
        candidate.change = (prompt, index, image) -> {
            before.of(prompt, index, image);
            change.of(prompt, index, image);
        };
    }

    private void assertOnly(String id, Severity severity) {
        assertThat(fired()).isEqualTo(Map.of(id, severity));
    }

    @Test
    void aCleanChangeFiresNothing() {
        assertThat(fired()).isEmpty();
    }

    @Test
    void fewerImagesThanTheBase() {
        candidate.images = 1;
        assertThat(fired()).containsEntry("fewer-images", Severity.SUSPECT);
    }

    @Test
    void failuresThatDropOutOfTheMean() {
        plant((prompt, index, image) -> image.status = prompt < 12 ? Pictures.FAILED : image.status);
        assertOnly("more-failed", Severity.SUSPECT);
    }

    @Test
    void twoMoreFailuresAreWorthANotice() {
        plant((prompt, index, image) -> image.status = prompt < 2 ? Pictures.FAILED : image.status);
        assertThat(fired()).containsEntry("more-failed", Severity.NOTICE);
    }

    @Test
    void refusalsThatDropOutOfTheDenominator() {
        plant((prompt, index, image) -> image.status = prompt < 12 ? Pictures.MODERATED : image.status);
        assertOnly("more-moderated", Severity.SUSPECT);
    }

    @Test
    void picturesMissingFromOneCohortOnly() {
        plant((prompt, index, image) -> image.status = prompt % 4 == 1 ? Pictures.MISSING : image.status);
        assertThat(fired())
                .containsEntry("received-by-cohort", Severity.SUSPECT)
                .containsEntry("cohort-mix", Severity.SUSPECT);
    }

    @Test
    void aMixOfCohortsThatShifted() {
        base.from = 0;
        candidate.prompts = 40;
        base.change = (prompt, index, image) ->
                image.status = prompt % 4 == 0 && prompt >= 20 ? Pictures.FAILED : image.status;
        assertThat(fired()).containsEntry("cohort-mix", Severity.SUSPECT);
    }

    @Test
    void aBaseThatCoversFewerPrompts() {
        base.from = 4;
        assertOnly("baseline-covers-less", Severity.SUSPECT);
    }

    @Test
    void promptsThatTheCandidateLeavesOut() {
        candidate.from = 4;
        assertOnly("prompts-dropped", Severity.SUSPECT);
    }

    @Test
    void smallerPictures() {
        plant((prompt, index, image) -> image.height = 48);
        assertOnly("smaller-pictures", Severity.SUSPECT);
    }

    @Test
    void fewerStepsThanTheManifestSays() {
        plant((prompt, index, image) -> image.steps = 8);
        candidate.perPrompt.put("work.steps", new double[] {16});
        assertOnly("fewer-steps", Severity.SUSPECT);
    }

    @Test
    void fewerStepsThatWereDeclaredAreNoticed() {
        plant((prompt, index, image) -> image.steps = 8);
        candidate.manifest.put("generation.steps", "8");
        assertOnly("fewer-steps", Severity.NOTICE);
    }

    @Test
    void aLowerPrecisionThanTheManifestSays() {
        candidate.model.put("precision", "int8");
        assertOnly("lower-precision", Severity.SUSPECT);
    }

    @Test
    void phasesServedFromACache() {
        candidate.perPrompt.put("latency.phase.sampling", new double[] {1, 1, 1, 0});
        assertOnly("skipped-phases", Severity.SUSPECT);
    }

    @Test
    void anotherShareOfColdRequests() {
        candidate.time = new ComparedRun.ClockFacts(1, 1, 3, 0, 3);
        assertOnly("warm-cold-mix", Severity.SUSPECT);
    }

    @Test
    void attemptsThatNobodySees() {
        candidate.time = new ComparedRun.ClockFacts(1, 1, 1, 4, 1);
        assertOnly("retries-hidden", Severity.SUSPECT);
    }

    @Test
    void aClockThatWentBack() {
        candidate.perPrompt.put("latency.service", new double[] {1.13, 1.13, 1.13, -0.5});
        assertThat(fired()).containsEntry("clock-jumped", Severity.SUSPECT);
    }

    @Test
    void aMachineThatSlept() {
        double[] seconds = new double[40];
        java.util.Arrays.fill(seconds, 1.13);
        seconds[7] = 4000;
        candidate.perPrompt.put("latency.service", seconds);
        assertOnly("clock-jumped", Severity.SUSPECT);
    }

    @Test
    void anotherMachineOfTheSameClass() {
        candidate.host = new Host("an os", "a faster processor", 2, 1L << 30, "a java");
        assertOnly("other-machine", Severity.NOTICE);
    }

    @Test
    void aSeedThatIsIgnored() {
        plant((prompt, index, image) -> image.grey = prompt);
        assertOnly("seed-ignored", Severity.SUSPECT);
    }

    @Test
    void aServerThatFixesTheSeed() {
        plant((prompt, index, image) -> image.content = "prompt " + prompt);
        assertThat(fired()).containsEntry("identical-draws", Severity.SUSPECT);
    }

    @Test
    void blankPictures() {
        plant((prompt, index, image) -> image.blank = prompt == 5 && index == 1);
        assertOnly("blank-pictures", Severity.SUSPECT);
    }

    @Test
    void picturesOfTheGoldenSet() {
        surroundings = new Surroundings(Set.of(PlantedRun.sha("golden 1"), PlantedRun.sha("golden 2")));
        plant((prompt, index, image) -> image.content = prompt == 9 && index == 0 ? "golden 2" : image.content);
        assertOnly("copied-from-golden", Severity.SUSPECT);
    }

    @Test
    void theBaseItselfUnderAnotherName() {
        candidate.change = (prompt, index, image) -> {};
        assertOnly("equal-to-baseline", Severity.SUSPECT);
    }

    @Test
    void theBaseItselfUnderTheSameConditionsIsNoiseAndNoWin() {
        candidate.change = (prompt, index, image) -> {};
        candidate.manifest.put("generation.guidance", "3");
        assertThat(fired()).isEmpty();
    }

    @Test
    void aFileThatAnswersTwoPrompts() {
        plant((prompt, index, image) -> image.content = prompt == 3 && index == 0 ? "p-001.0 again" : image.content);
        assertOnly("file-handed-out-again", Severity.SUSPECT);
    }

    @Test
    void votesOnOtherPictures() {
        vote(candidate, 10, "ada", VoteStatus.STALE);
        vote(candidate, 3, "bob", VoteStatus.CURRENT);
        vote(candidate, 3, "eve", VoteStatus.CURRENT);
        assertOnly("labels-stale", Severity.SUSPECT);
    }

    @Test
    void votesOfOnePersonOnly() {
        vote(candidate, 10, "ada", VoteStatus.CURRENT);
        assertOnly("one-reviewer", Severity.SUSPECT);
    }

    @Test
    void votesMakeNoWinSuspectThatRestsOnNone() {
        vote(candidate, 10, "ada", VoteStatus.CURRENT);
        cohorts = List.of(won("latency.end-to-end.mean"));
        assertOnly("one-reviewer", Severity.NOTICE);
    }

    @Test
    void whereNothingWasChangedNothingIsSuspect() {
        vote(candidate, 10, "ada", VoteStatus.CURRENT);
        candidate.manifest.put("generation.guidance", "3");
        assertOnly("one-reviewer", Severity.NOTICE);
    }

    private static CohortDifferences won(String metric) {
        return new CohortDifferences(
                CohortKey.OVERALL,
                40,
                List.of(new Difference.Measured(
                        metric,
                        Difference.Use.DECIDES,
                        "1",
                        Optional.of(Direction.HIGHER_IS_BETTER),
                        0.5,
                        0.7,
                        0.2,
                        Optional.of(new Interval(0.1, 0.3, 0.95)),
                        "t over prompts",
                        40,
                        80)));
    }

    @Test
    void votesOfOneSecondAreNoReview() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        for (int k = 0; k < 40; k++) {
            add(candidate, k % 20, k < 20 ? "ada" : "bob", now, VoteStatus.CURRENT);
        }
        assertOnly("votes-without-time", Severity.SUSPECT);
    }

    @Test
    void votesOfTheBaseOnOtherPictures() {
        vote(base, 10, "ada", VoteStatus.CURRENT);
        vote(base, 10, "bob", VoteStatus.CURRENT);
        candidate.votes.addAll(base.votes);
        assertOnly("votes-reused", Severity.SUSPECT);
    }

    @Test
    void anotherRulerByPermission() {
        candidate.scoring.put("weightsDigest", "g");
        assertOnly("ruler-changed", Severity.SUSPECT);
    }

    @Test
    void anAnswerOfAnotherModel() {
        candidate.model.put("id", "pebble-small");
        assertOnly("fallback-model", Severity.SUSPECT);
    }

    @Test
    void aJudgeThatAlsoChose() {
        candidate.manifest.put("generation.best_of", "4");
        base.manifest.put("generation.best_of", "4");
        candidate.model.put("judgeDigest", "f");
        assertThat(fired()).containsEntry("judge-also-chose", Severity.SUSPECT);
    }

    @Test
    void reruns() throws IOException {
        candidate.folder = runs.resolve("planted-1");
        for (String name : List.of("planted-1", "planted-2")) {
            Files.createDirectories(runs.resolve(name));
            Files.writeString(runs.resolve(name).resolve("header.json"), header());
        }
        assertOnly("reruns-until-green", Severity.SUSPECT);
    }

    private String header() {
        ComparedRun run = candidate.make();
        return "{\"schemaVersion\":1,\"runId\":\"" + run.header().runId() + "\",\"name\":\"planted\","
                + "\"createdAt\":\"2026-01-02T03:04:05Z\",\"generationDigest\":\""
                + run.header().digests().generation()
                + "\",\"manifestDigest\":\"m\",\"touchstone\":{\"version\":\"0.1.0\",\"commit\":\"unknown\",\"dirty\":false},"
                + "\"model\":{},\"host\":{\"os\":\"o\",\"processor\":\"p\",\"logicalCores\":2,\"memoryBytes\":1,\"java\":\"j\"},"
                + "\"hardware\":{\"class\":\"cpu\",\"pricePerHour\":1,\"currency\":\"USD\"},"
                + "\"serving\":{\"path\":\"in-process\",\"container\":\"none\",\"commit\":\"c\"},\"packs\":[]}";
    }

    @Test
    void aPictureOfAnotherSizeThanAsked() {
        plant((prompt, index, image) -> image.madeWidth = prompt == 2 ? 32 : 64);
        assertOnly("size-not-as-asked", Severity.SUSPECT);
    }

    @Test
    void aServerThatSaysItUsedOneSeed() {
        plant((prompt, index, image) -> image.answeredSeed = OptionalLong.of(42));
        assertOnly("identical-draws", Severity.SUSPECT);
    }

    @Test
    void anotherModelThatAnsweredSomeRequests() {
        plant((prompt, index, image) -> image.model = Optional.of(prompt < 5 ? "small" : "large"));
        assertOnly("fallback-model", Severity.SUSPECT);
    }

    @Test
    void aPictureThatNamesOtherStepsThanTheManifest() throws IOException {
        candidate.folder = runs.resolve("candidate");
        png(candidate, 0, 64, 64, "parameters\0a boat\nSteps: 12, Seed: 7, Sampler: Euler");
        assertThat(fired()).isEmpty();
        png(candidate, 1, 64, 64, "parameters\0a boat\nSteps: 4, Seed: 7, Sampler: Euler");
        assertOnly("metadata-disagrees", Severity.SUSPECT);
    }

    @Test
    void aProvenanceMarkThatIsLost() throws IOException {
        base.folder = runs.resolve("base");
        candidate.folder = runs.resolve("candidate");
        png(base, 0, 64, 64, "xmp\0Iptc4xmpExt:DigitalSourceType=trainedAlgorithmicMedia");
        png(candidate, 0, 64, 64, "");
        assertOnly("provenance-mark-lost", Severity.SUSPECT);
    }

    @Test
    void everyRuleIsPlantedAboveAndHasAnIdOfItsOwn() {
        assertThat(FalseWinRule.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
        assertThat(FalseWinRule.values()).hasSize(32);
    }

    private static void png(PlantedRun run, int prompt, int width, int height, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeInt(13);
        out.writeBytes("IHDR");
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {8, 2, 0, 0, 0});
        out.writeInt(0);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(content.length);
        out.writeBytes("tEXt");
        out.write(content);
        out.writeInt(0);
        Path file = run.folder.resolve("outputs").resolve(PlantedRun.id(prompt) + ".0.png");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.toByteArray());
    }

    /** Votes a minute apart on the first images of prompts. */
    private static void vote(PlantedRun run, int count, String reviewer, VoteStatus status) {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        for (int k = 0; k < count; k++) {
            add(run, k, reviewer, begin.plusSeconds(60L * k), status);
        }
    }

    private static void add(PlantedRun run, int prompt, String reviewer, Instant at, VoteStatus status) {
        Vote vote = new Vote(
                new ImageId(new PromptId(PlantedRun.id(prompt)), 0),
                Reviewer.of(reviewer),
                Answer.parse(Question.USABLE, "yes").orElseThrow(),
                at,
                Optional.empty(),
                Vote.NATIVE,
                new JudgedPicture(Optional.empty(), Optional.empty()));
        run.votes.add(new RecordedVote(vote, status, PictureMatch.SAME_FILE));
    }
}
