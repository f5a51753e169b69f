package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.eval.compare.BaselineStore.Sources;
import dev.touchstone.generator.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path home;

    private BaselineStore store;
    private RunFolder run;

    @BeforeEach
    void makeRun() throws IOException {
        store = new BaselineStore(home.resolve("baselines"), home);
        run = SampleRun.make(home.resolve("runs"), 3); // prompt 3 is the one that fails
        Files.writeString(run.path().resolve("scores.jsonl"), "{}\n");
    }

    private Baseline pin() {
        return store.pin(run, "prod", Sources.DIRTY_TOO, NOW);
    }

    @Test
    void aPinnedRunIsFoundByName() {
        Baseline pinned = pin();

        assertThat(store.list()).containsExactly(pinned);
        assertThat(store.run("prod").header().runId()).isEqualTo(pinned.run());
        assertThat(store.check(pinned)).isEmpty();
        assertThat(pinned.images()).isEqualTo(6);
    }

    @Test
    void theContentNamesTheBaselineWhereverItLies() throws IOException {
        Baseline first = pin();
        Path elsewhere = home.resolve("archive/" + run.path().getFileName());
        Files.createDirectories(elsewhere.getParent());
        Files.move(run.path(), elsewhere);

        assertThatThrownBy(() -> store.run("prod"))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("it was moved or removed");
        Baseline again = store.pin(RunFolder.open(elsewhere), "prod", Sources.DIRTY_TOO, NOW);
        assertThat(again.content()).isEqualTo(first.content());
        assertThat(again.folder()).isNotEqualTo(first.folder());
    }

    @Test
    void aFileThatChangedIsNoticed() throws IOException {
        Baseline pinned = pin();
        Files.writeString(run.path().resolve("scores.jsonl"), "{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> store.run("prod"))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("scores.jsonl")
                .hasMessageContaining("changed since it was pinned");
        assertThat(store.check(pinned)).hasSize(1);
    }

    @Test
    void aPictureThatChangedIsNoticedByACheck() throws IOException {
        Baseline pinned = pin();
        Files.writeString(run.outputs().resolve("p-001.0.png"), "another picture");
        Files.delete(run.outputs().resolve("p-002.1.png"));

        assertThat(store.check(pinned))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("p-001.0.png") && problem.contains("another file"))
                .anyMatch(problem -> problem.contains("p-002.1.png") && problem.contains("none"));
    }

    @Test
    void aMissingBaselineIsAnErrorWithTheNearestName() {
        pin();

        assertThatThrownBy(() -> store.run("prd"))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("did you mean \"prod\"?");
    }

    @Test
    void onlyACompleteAndCleanRunCanBecomeOne() throws IOException {
        assertThatThrownBy(() -> store.pin(run, "prod", Sources.CLEAN_ONLY, NOW))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("sources that equal their commit");

        RunFolder broken = SampleRun.make(home.resolve("broken"), 5);
        assertThatThrownBy(() -> store.pin(broken, "prod", Sources.DIRTY_TOO, NOW))
                .isInstanceOf(BaselineException.class)
                .hasMessageContaining("2 of 10 failed")
                .hasMessageContaining("scores, found none");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aRecordThatWasEditedByHandIsRefused() throws IOException {
        pin();
        Path file = home.resolve("baselines/prod.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"images.jsonl\" : \"....", "\"images.jsonl\" : \"0000"));

        assertThatThrownBy(() -> store.find("prod")).hasMessageContaining("content");
    }
}
