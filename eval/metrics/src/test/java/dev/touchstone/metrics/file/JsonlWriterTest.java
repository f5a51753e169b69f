package dev.touchstone.metrics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.file.JsonlWriter.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlWriterTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("lines.jsonl");
    }

    @Test
    void appendsBehindWhatIsThere() {
        append("{\"a\":1}\n");
        append("{\"a\":2}\n{\"a\":3}\n");

        assertThat(lines()).containsExactly("{\"schemaVersion\":1}", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @Test
    void cutsOffALineTornAtAnyByte() throws IOException {
        append("{\"a\":1}\n");
        String torn = "{\"a\":\"" + "x".repeat(9000) + "\"}";
        for (int bytes : new int[] {1, 5, 4000, 8192, 9000, torn.length()}) {
            Files.writeString(file, torn.substring(0, bytes), StandardOpenOption.APPEND);
            assertThat(lines()).as("%d bytes", bytes).hasSize(2);
            append("");
            assertThat(file).as("%d bytes", bytes).hasContent("{\"schemaVersion\":1}\n{\"a\":1}\n");
        }
    }

    @Test
    void readerStopsBeforeATornMultibyteCharacter() throws IOException {
        append("{\"a\":\"é\"}\n");
        Files.write(file, new byte[] {'{', (byte) 0xc3}, StandardOpenOption.APPEND);

        assertThat(lines()).containsExactly("{\"schemaVersion\":1}", "{\"a\":\"é\"}");
    }

    @Test
    void aLineThatIsNotJsonIsNamedByFileAndLine() {
        append("{\"a\":1}\nnonsense\n");

        try (JsonlReader reader = JsonlReader.open(file)) {
            reader.next();
            reader.next();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(DataFileException.class)
                    .hasMessageStartingWith(file + ":3: expected JSON, found ");
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        Path missing = folder.resolve("none").resolve("lines.jsonl");

        assertThatThrownBy(() -> JsonlWriter.open(missing, "{}"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(missing.toString());
    }

    private void append(String text) {
        try (JsonlWriter writer = JsonlWriter.open(file, "{\"schemaVersion\":1}")) {
            writer.append(text, Durability.PROCESS);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        try (JsonlReader reader = JsonlReader.open(file)) {
            for (Optional<String> line = reader.nextText(); line.isPresent(); line = reader.nextText()) {
                lines.add(line.get());
            }
        }
        return lines;
    }
}
