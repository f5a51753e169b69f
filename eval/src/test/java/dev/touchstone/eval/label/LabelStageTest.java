package dev.touchstone.eval.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunLock;
import dev.touchstone.metrics.image.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelStageTest {

    private static final String HEADER = "image_id,reviewer,question,value,ts,seconds\n";
    private static final String PICTURES = "image_id,reviewer,question,value,ts,image_sha256,fingerprint\n";

    @TempDir
    Path runs;

    private RunFolder folder;

    @BeforeEach
    void makeRun() {
        folder = SampleRun.make(runs, 4);
    }

    private Path csv(String name, String content) throws IOException {
        return Files.writeString(runs.resolve(name), content);
    }

    private Labels take(Path... files) {
        return new LabelStage(folder).run(List.of(files));
    }

    @Test
    void votesAreMatchedMergedAndWritten() throws IOException {
        Labels labels = take(csv(
                "a.csv",
                HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n"
                        + "p-000.0,ann,usable,yes,2026-01-04T00:00:00Z,2\n"
                        + "p-000.1,ann,usable,yes,2026-01-03T00:00:00Z,\n"
                        + "p-000.1,bo,usable,no,2026-01-03T00:00:00Z,\n"));
        assertThat(labels.counts()).isEqualTo(new LabelCounts(3, 1, 0, 0, 1, 1));
        assertThat(new LabelStore(folder).read()).contains(labels);
    }

    @Test
    void takingTheSameFileInAgainChangesNothing() throws IOException {
        Path file = csv("a.csv", HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n");
        take(file);
        byte[] once = Files.readAllBytes(LabelStore.file(folder));
        take(file);
        take();
        take(csv("copy.csv", Files.readString(file)));
        assertThat(Files.readAllBytes(LabelStore.file(folder))).isEqualTo(once);
    }

    @Test
    void votesThatWereTakenInBeforeStay() throws IOException {
        take(csv("a.csv", HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n"));
        Labels labels = take(csv("b.csv", HEADER + "p-001.0,bo,usable,yes,2026-01-03T00:00:00Z,2\n"));
        assertThat(labels.verdicts()).hasSize(2);
    }

    @Test
    void aVoteOnAnUnknownImageIsRefusedWithItsLineAndNothingIsTakenIn() throws IOException {
        Path first = csv("a.csv", HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n");
        Path second = csv(
                "b.csv",
                HEADER + "p-999.0,ann,usable,no,2026-01-03T00:00:00Z,2\n"
                        + "p-000.7,ann,usable,no,2026-01-03T00:00:00Z,2\n");
        assertThatThrownBy(() -> take(first, second))
                .isInstanceOf(LabelException.class)
                .hasMessageContaining("b.csv:2: image_id: expected an image of run sample-")
                .hasMessageContaining("found \"p-999.0\"")
                .hasMessageContaining("b.csv:3")
                .hasMessageContaining("found \"p-000.7\"");
        assertThat(LabelStore.file(folder)).doesNotExist();
    }

    @Test
    void votesOnImagesThatWillNotBeMadeAreToldBefore() throws IOException {
        Path file = csv("a.csv", HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n");
        LabelStage.check(List.of(file), image -> true);
        assertThatThrownBy(() -> LabelStage.check(List.of(file), image -> image.imageIndex() > 0))
                .isInstanceOf(LabelException.class)
                .hasMessageEndingWith("a.csv:2: image_id: expected an image of this run, found \"p-000.0\"");
    }

    @Test
    void oneReviewerIsOneWhateverTheSource() throws IOException {
        String header = "image_id,reviewer,question,value,ts,source\n";
        Labels labels = take(csv(
                "a.csv",
                header + "p-000.0,Anna,usable,no,2026-01-03T00:00:00Z,native\n"
                        + "p-000.0,anna\u00a0,usable,no,2026-01-03T00:00:00Z,label-studio\n"
                        + "p-000.0,bo,usable,yes,2026-01-03T00:00:00Z,native\n"
                        + "p-000.0,cy,usable,yes,2026-01-03T00:00:00Z,native\n"));
        assertThat(labels.counts()).isEqualTo(new LabelCounts(3, 0, 0, 0, 1, 0));
        assertThat(labels.verdicts().get(0).value()).contains(Answer.Usable.YES);
    }

    @Test
    void aFolderThatAnotherProcessWorksOnIsLeftAlone() throws IOException {
        take(csv("a.csv", HEADER + "p-000.0,ann,usable,no,2026-01-03T00:00:00Z,2\n"));
        byte[] once = Files.readAllBytes(LabelStore.file(folder));
        Path second = csv("b.csv", HEADER + "p-001.0,bo,usable,yes,2026-01-03T00:00:00Z,2\n");
        RunLock held = RunLock.take(folder.path());
        assertThatThrownBy(() -> take(second)).hasMessageContaining("expected a folder no other run works on");
        held.close();
        assertThat(Files.readAllBytes(LabelStore.file(folder))).isEqualTo(once);
        assertThat(take(second).votes()).hasSize(2);
    }

    @Test
    void aPictureWithinRoundingCountsAndAnotherOneIsSetAside() throws IOException {
        // The picture of p-000.1 is plain 40; prints of a picture rounded differently, and of a white one.
        String rounded = new Fingerprint("2a".repeat(64) + "80".repeat(32)).hex();
        String white = new Fingerprint("ff".repeat(64) + "80".repeat(32)).hex();
        String other = "00".repeat(32);
        Labels labels = take(csv(
                "a.csv",
                PICTURES + "p-000.1,ann,usable,yes,2026-01-03T00:00:00Z," + other + "," + rounded + "\n"
                        + "p-000.1,bo,usable,no,2026-01-03T00:00:00Z," + other + "," + white + "\n"
                        + "p-000.1,cy,usable,no,2026-01-03T00:00:00Z," + other + ",\n"));
        assertThat(labels.counts()).isEqualTo(new LabelCounts(1, 0, 2, 1, 1, 0));
    }

    @Test
    void aVoteOnAFailedImageIsSetAside() throws IOException {
        Labels labels = take(csv("a.csv", HEADER + "p-003.0,ann,usable,no,2026-01-03T00:00:00Z,2\n"));
        assertThat(labels.counts().stale()).isEqualTo(1);
        assertThat(labels.verdicts()).isEmpty();
    }

    @Test
    void exportedVotesCanBeTakenInElsewhere() throws IOException {
        Labels labels = take(csv(
                "a.csv",
                HEADER + "p-000.0,\"ann, \"\"a\"\"\",flaws,a;b,2026-01-03T00:00:00Z,2.5\n"
                        + "p-000.1,=bo,usable,no,2026-01-03T00:00:00Z,2.5\n"));
        Path exported = runs.resolve("exported.csv");
        LabelStore.export(labels, exported);
        Files.delete(LabelStore.file(folder));
        assertThat(take(exported)).isEqualTo(labels);
    }
}
