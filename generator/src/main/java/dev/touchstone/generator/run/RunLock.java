package dev.touchstone.generator.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Holds a run folder for one process. The lock is the operating system's and ends with the process, however that ends;
 * the file {@code .lock} only says who holds it.
 */
public final class RunLock implements AutoCloseable {

    // Far behind the text, so that others can read the text where locks are mandatory.
    private static final long LOCKED_BYTE = 1L << 40;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a folder, which must exist.
     *
     * @throws RunFolderException if another run holds it, or the folder cannot be written
     */
    public static RunLock take(Path folder) {
        Path file = folder.resolve(".lock");
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw RunFolder.unwritable(file, e);
        }
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(file).strip();
                throw new RunFolderException(folder + ": expected a folder no other run works on, found it held by "
                        + (holder.isEmpty() ? "another process" : holder) + ". Wait for it, or stop it.");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    "process " + ProcessHandle.current().pid() + " since "
                            + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n"));
            return new RunLock(channel);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel, e);
            throw e instanceof IOException io ? RunFolder.unwritable(file, io) : (RuntimeException) e;
        }
    }

    /** Releases the folder. */
    @Override
    public void close() {
        try {
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new RunFolderException("run lock: expected to release it, found " + e, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(FileChannel channel, Exception cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
