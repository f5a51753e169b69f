package dev.touchstone.generator.run;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.JsonlWriter;
import dev.touchstone.metrics.file.JsonlWriter.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes finished requests count: forces their pictures to the disk, then appends their records in one write. Waiting for the
 * disk takes longer than everything else around the model, so it happens while the next request is being made, at most one
 * request behind; a process killed in between makes that request again. A failure shows at the next call.
 */
final class RecordCommitter implements AutoCloseable {

    private final RunFolder folder;
    private final JsonlWriter images;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "records");
        made.setDaemon(true);
        return made;
    });
    private CompletableFuture<Void> pending = CompletableFuture.completedFuture(null);

    RecordCommitter(RunFolder folder, JsonlWriter images) {
        this.folder = folder;
        this.images = images;
    }

    /**
     * Takes the records of one ended request.
     *
     * @throws RunFolderException if those of an earlier one could not be kept
     */
    void commit(List<ImageRecord> records) {
        await();
        pending = CompletableFuture.runAsync(() -> keep(records), thread);
    }

    /** Waits until everything that was handed over is on the disk. */
    @Override
    public void close() {
        thread.shutdown();
        await();
    }

    private void await() {
        CompletableFuture<Void> last = pending;
        pending = CompletableFuture.completedFuture(null);
        try {
            last.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void keep(List<ImageRecord> records) {
        StringBuilder lines = new StringBuilder();
        for (ImageRecord record : records) {
            if (record instanceof ImageRecord.Complete complete) {
                force(folder.picture(complete));
            }
            lines.append(ImageLine.write(record)).append('\n');
        }
        AtomicFile.forceFolder(folder.outputs());
        images.append(lines, Durability.POWER);
    }

    private static void force(Path file) {
        try {
            AtomicFile.force(file);
        } catch (IOException e) {
            throw RunFolder.unwritable(file, e);
        }
    }
}
