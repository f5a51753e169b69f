package dev.touchstone.generator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSourceTest {

    private static final String TEXT = ManifestReaderTest.MINIMAL + "labels: [votes.csv]\n";

    @TempDir
    Path project;

    private Path manifest;
    private Path copy;

    @BeforeEach
    void files() throws IOException {
        manifest = Files.createDirectories(project.resolve("eval/manifests")).resolve("m.yaml");
        copy = Files.createDirectories(project.resolve("runs/small-0123456789")).resolve("manifest.yaml");
        Files.writeString(manifest, TEXT);
        Files.writeString(copy, TEXT);
    }

    @Test
    void pathsInTheCopyOfARunMeanWhatTheyMeantInTheManifest() {
        ManifestSource original = ManifestSource.read(manifest, project);
        ManifestSource later = ManifestSource.copy(copy, original.origin(), project);

        assertThat(original.origin()).isEqualTo("eval/manifests/m.yaml");
        assertThat(read(later).data().labels())
                .isEqualTo(read(original).data().labels())
                .containsExactly(project.resolve("eval/manifests/votes.csv"));
        assertThat(later.origin()).isEqualTo(original.origin());
    }

    @Test
    void aManifestOutsideTheProjectIsFoundAgainByItsWholePath(@TempDir Path elsewhere) throws IOException {
        Path outside = elsewhere.resolve("m.yaml");
        Files.writeString(outside, TEXT);
        ManifestSource original = ManifestSource.read(outside, project);

        assertThat(read(ManifestSource.copy(copy, original.origin(), project))
                        .data()
                        .labels())
                .containsExactly(elsewhere.resolve("votes.csv"));
    }

    @Test
    void aCopyOfARunThatDoesNotSayWhereItsManifestLayIsReadWhereItLies() {
        assertThat(read(ManifestSource.copy(copy, "", project)).data().labels())
                .containsExactly(copy.resolveSibling("votes.csv"));
    }

    @Test
    void aFileThatIsNotThereIsAProblemOfTheManifest() {
        assertThatThrownBy(() -> ManifestSource.read(project.resolve("none.yaml"), project))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("expected a readable file, found no such file");
    }

    private RunManifest read(ManifestSource source) {
        return ManifestReader.read(source, project, ManifestReaderTest.VOCABULARY);
    }
}
