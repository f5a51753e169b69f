package dev.touchstone.eval.golden;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A dataset on its way: files are written to a folder beside the target and moved there when all are whole, the list of
 * digests last, so that a dataset is complete or not there.
 */
final class DatasetStaging implements AutoCloseable {

    private final Path target;
    private final Path staging;
    private final SortedMap<String, String> digests = Collections.synchronizedSortedMap(new TreeMap<>());

    DatasetStaging(Path target) throws IOException {
        this.target = target;
        Path parent = target.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        removeOlder(parent);
        this.staging = Files.createDirectory(parent.resolve(".golden-" + UUID.randomUUID()));
    }

    /** What a killed process left. A folder that another process is writing is younger than an hour. */
    private static void removeOlder(Path parent) throws IOException {
        long hourAgo = System.currentTimeMillis() - 3_600_000;
        try (Stream<Path> strays = Files.list(parent)) {
            for (Path stray : strays.toList()) {
                if (stray.getFileName().toString().startsWith(".golden-")
                        && Files.getLastModifiedTime(stray).toMillis() < hourAgo) {
                    delete(stray);
                }
            }
        }
    }

    /** Writes a file of the dataset. May be called from several threads for different files. */
    void write(String path, byte[] content) throws IOException {
        Path file = staging.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        digests.put(path, Sha256.of(content));
    }

    /**
     * Writes the lists and moves everything to the target.
     *
     * @return the header with image count and digest as written
     */
    DatasetHeader finish(DatasetHeader header, List<GoldenImage> images, List<GoldenEdit> edits) throws IOException {
        write(LabelFiles.LABELS, LabelFiles.labels(images).getBytes(StandardCharsets.UTF_8));
        write(LabelFiles.EDITS, LabelFiles.edits(edits).getBytes(StandardCharsets.UTF_8));
        String list = DigestList.write(digests);
        DatasetHeader finished = header.with(images.size(), Sha256.of(list.getBytes(StandardCharsets.UTF_8)));
        requirePinned(finished);
        if (!Files.exists(target)) {
            Files.writeString(staging.resolve(DatasetFile.NAME), DatasetFile.write(finished));
            Files.writeString(staging.resolve(DigestList.NAME), list);
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
            return finished;
        }
        removeUnfinished();
        for (Path part : children(staging)) {
            Files.move(part, target.resolve(part.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        if (!Files.exists(target.resolve(DatasetFile.NAME))) {
            AtomicFile.write(target.resolve(DatasetFile.NAME), DatasetFile.write(finished));
        }
        AtomicFile.write(target.resolve(DigestList.NAME), list);
        return finished;
    }

    /** A description that is there already was released with the digest that must come out. */
    private void requirePinned(DatasetHeader finished) {
        if (!Files.exists(target.resolve(DatasetFile.NAME))) {
            return;
        }
        DatasetHeader pinned = GoldenDataset.header(target);
        if (!pinned.digest().equals(finished.digest())) {
            throw new GoldenException(
                    target.resolve(DatasetFile.NAME).toString(),
                    "a build with the released digest " + pinned.digest(),
                    finished.digest(),
                    "this machine or version draws other pictures; nothing was changed");
        }
    }

    /** An unfinished earlier move: everything but the description. */
    private void removeUnfinished() throws IOException {
        for (Path part : children(target)) {
            if (!part.getFileName().toString().equals(DatasetFile.NAME)) {
                delete(part);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        delete(staging);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
