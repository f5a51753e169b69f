package dev.touchstone.eval.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.trial.SweepPlan.Setting;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunLock;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.file.JsonlWriter;
import dev.touchstone.metrics.file.JsonlWriter.Durability;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The folder of a sweep while it runs: {@code settings.jsonl}, a line per finished setting behind a first line with the sweep's
 * identity, and {@code references/}, the pictures that the others are compared with. Held by one process at a time.
 */
final class SweepFolder implements AutoCloseable {

    private final Path path;
    private final RunLock lock;
    private final JsonlWriter writer;
    private final Map<Setting, SweepPoint> finished = new LinkedHashMap<>();

    private SweepFolder(Path path, RunLock lock, JsonlWriter writer) {
        this.path = path;
        this.lock = lock;
        this.writer = writer;
    }

    /**
     * Begins a sweep, or goes on with one.
     *
     * @throws DataFileException if the folder holds a sweep of another identity, is held by another process, or cannot be written
     */
    static SweepFolder open(Path path, SortedMap<String, String> identity) {
        Path file = path.resolve("settings.jsonl");
        try {
            Files.createDirectories(path.resolve("references"));
        } catch (IOException e) {
            throw new DataFileException(path + ": expected to create the folder, found " + IoReason.of(e), e);
        }
        RunLock lock = RunLock.take(path);
        try {
            ObjectNode first = Json.object().put("schemaVersion", RunFolder.SCHEMA_VERSION);
            ObjectNode texts = first.putObject("identity");
            identity.forEach(texts::put);
            SweepFolder folder = new SweepFolder(path, lock, JsonlWriter.open(file, Json.line(first)));
            folder.read(file, identity);
            return folder;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void read(Path file, SortedMap<String, String> identity) {
        try (JsonlReader reader = JsonlReader.open(file)) {
            JsonRecord first = reader.next()
                    .orElseThrow(
                            () -> new DataFileException(file + ": expected a first line with identity, found none"))
                    .json();
            RunFolder.checkVersion(first);
            SortedMap<String, String> begun = first.object("identity").texts();
            TreeSet<String> keys = new TreeSet<>(begun.keySet());
            keys.addAll(identity.keySet());
            for (String key : keys) {
                String then = begun.getOrDefault(key, "nothing");
                String now = identity.getOrDefault(key, "nothing");
                if (!then.equals(now)) {
                    throw new DataFileException(file + ": " + key + ": expected " + then
                            + " as the sweep was begun, found " + now + ". Use another --out, or remove the folder.");
                }
            }
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                SweepPoint point = SweepPointJson.read(line.get().json());
                finished.put(point.setting(), point);
            }
        }
    }

    Optional<SweepPoint> finished(Setting setting) {
        return Optional.ofNullable(finished.get(setting));
    }

    void add(SweepPoint point) {
        finished.put(point.setting(), point);
        writer.append(Json.line(SweepPointJson.write(point)) + "\n", Durability.POWER);
    }

    /** Keeps the pictures that others are compared with. */
    void keep(double guidance, List<RgbImage> pictures) {
        for (int i = 0; i < pictures.size(); i++) {
            Path file = reference(guidance, i);
            try {
                AtomicFile.write(file, PngFile.encode(pictures.get(i)));
            } catch (IOException e) {
                throw new DataFileException(file + ": expected to write it, found " + IoReason.of(e), e);
            }
        }
    }

    /** The pictures that {@link #keep} kept; empty unless all are there. */
    Optional<List<RgbImage>> references(double guidance, int count) {
        List<RgbImage> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = reference(guidance, i);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            pictures.add(PngFile.read(file));
        }
        return Optional.of(pictures);
    }

    private Path reference(double guidance, int index) {
        return path.resolve("references").resolve(String.format(Locale.ROOT, "g%s-%05d.png", guidance, index));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } finally {
            lock.close();
        }
    }
}
