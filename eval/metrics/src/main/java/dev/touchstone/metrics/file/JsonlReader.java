package dev.touchstone.metrics.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a {@code .jsonl} file line by line in constant memory. A last line without {@code \n} was torn by a killed
 * process and is dropped; anything else that is not a JSON object is an error with file and line.
 */
public final class JsonlReader implements AutoCloseable {

    /** Longest line that is read. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    private final Path file;
    private final InputStream in;
    private long offset;
    private long number;

    private JsonlReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param endOffset byte offset just behind the line's {@code \n}
     * @param json the object
     */
    public record Line(long number, long endOffset, JsonRecord json) {}

    /** @throws DataFileException if the file cannot be opened */
    public static JsonlReader open(Path file) {
        try {
            return new JsonlReader(file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a readable file, found " + IoReason.of(e), e);
        }
    }

    /** The next whole line; empty at the end. */
    public Optional<Line> next() {
        Optional<String> text = nextText();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Line(number, offset, Json.parse(file + ":" + number, text.get())));
    }

    /** The next whole line without parsing it; empty at the end. */
    public Optional<String> nextText() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream(512);
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    number++;
                    offset += line.size() + 1L;
                    return Optional.of(line.toString(StandardCharsets.UTF_8));
                }
                if (line.size() >= MAX_LINE_BYTES) {
                    throw new DataFileException(
                            file + ":" + (number + 1) + ": expected a line of at most " + MAX_LINE_BYTES + " bytes");
                }
                line.write(b);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new DataFileException(
                    file + ":" + (number + 1) + ": expected a readable file, found " + IoReason.of(e), e);
        }
    }

    /** The file, for messages. */
    public Path file() {
        return file;
    }

    /** Byte offset just behind the last line that was returned. */
    public long offset() {
        return offset;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to close after reading, found " + IoReason.of(e), e);
        }
    }
}
