package dev.touchstone.eval.golden;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one builder at a time work on the versions of a dataset, whether in this process or another. The lock's file stays;
 * the lock itself ends with its process.
 */
final class BuildLock implements AutoCloseable {

    /** A file lock holds against other processes only. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    /** Waits until nobody else builds. */
    BuildLock(Path versions) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(versions);
            channel = FileChannel.open(
                    versions.resolve(".golden-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
