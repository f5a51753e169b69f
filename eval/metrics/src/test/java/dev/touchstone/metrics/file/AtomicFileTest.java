package dev.touchstone.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void aWriterThatThrowsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");

        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");

        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void removesOnlyStrays() throws IOException {
        Path kept = Files.createFile(folder.resolve("b.tmp"));
        Path lock = Files.createFile(folder.resolve(".lock"));
        Files.createFile(folder.resolve(".b.png.17.3.tmp"));

        AtomicFile.removeStrays(folder);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(kept, lock);
        }
    }
}
