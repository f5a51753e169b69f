package dev.touchstone.metrics.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends whole lines to a {@code .jsonl} file. Opening creates the file with its first line, or repairs it: what stands
 * behind the last {@code \n} was torn by a killed process and is cut off.
 */
public final class JsonlWriter implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private long length;

    private JsonlWriter(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /** Whether appended lines are forced to the disk, or only handed to the operating system. */
    public enum Durability {
        /** Survives a killed process. */
        PROCESS,
        /** Survives a power cut as well. */
        POWER
    }

    /**
     * Opens for appending.
     *
     * @param firstLine written if the file does not exist yet
     * @throws DataFileException if the file cannot be written
     */
    public static JsonlWriter open(Path file, String firstLine) {
        try {
            if (!Files.exists(file)) {
                AtomicFile.write(file, firstLine + "\n");
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            long whole = wholeLines(channel);
            if (whole < channel.size()) {
                channel.truncate(whole);
            }
            channel.position(whole);
            return new JsonlWriter(file, channel, whole);
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a file that can be written, found " + IoReason.of(e), e);
        }
    }

    /** Cuts the file behind an offset that a reader returned. */
    public void cut(long offset) {
        try {
            channel.truncate(offset);
            channel.position(offset);
            length = offset;
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a file that can be written, found " + IoReason.of(e), e);
        }
    }

    /**
     * Appends text that consists of whole lines. If the disk is full, what was written of it is cut off again.
     *
     * @throws DataFileException if it cannot be written
     */
    public void append(CharSequence lines, Durability durability) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(lines));
        long size = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durability == Durability.POWER) {
                channel.force(false);
            }
            length += size;
        } catch (IOException e) {
            DataFileException failure =
                    new DataFileException(file + ": expected to append " + size + " bytes, found " + IoReason.of(e), e);
            try {
                channel.truncate(length);
                channel.position(length);
            } catch (IOException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to close after writing, found " + IoReason.of(e), e);
        }
    }

    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 13);
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - buffer.capacity());
            buffer.clear().limit((int) (end - start));
            while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
                continue;
            }
            for (int i = buffer.position() - 1; i >= 0; i--) {
                if (buffer.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
