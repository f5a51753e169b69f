package dev.touchstone.generator.run;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A run on the disk: where its files are, and reading them. The streams hold one line at a time and must be closed.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    /** Version of the formats that this program writes, and the newest that it reads. */
    public static final int SCHEMA_VERSION = 1;

    /** Formats of pictures that are kept as they come. */
    static final Set<ImageFormat> FORMATS = Set.of(ImageFormat.PNG, ImageFormat.JPEG, ImageFormat.WEBP);

    /**
     * An existing run.
     *
     * @throws RunFolderException if there is no run, or it was written by a newer version
     */
    public static RunFolder open(Path path) {
        RunFolder folder = new RunFolder(path);
        if (!Files.isRegularFile(folder.headerFile())) {
            throw new RunFolderException(path + ": expected a run folder with header.json, found "
                    + (Files.isDirectory(path) ? "none in it" : Files.exists(path) ? "a file" : "nothing")
                    + ". `touchstone run MANIFEST` makes one.");
        }
        folder.header();
        return folder;
    }

    public Path headerFile() {
        return path.resolve("header.json");
    }

    public Path manifestFile() {
        return path.resolve("manifest.yaml");
    }

    public Path promptsFile() {
        return path.resolve("prompts.jsonl");
    }

    public Path eventsFile() {
        return path.resolve("events.jsonl");
    }

    public Path imagesFile() {
        return path.resolve("images.jsonl");
    }

    public Path generatedFile() {
        return path.resolve("generated.json");
    }

    public Path metadataFile() {
        return path.resolve("metadata.csv");
    }

    public Path outputs() {
        return path.resolve("outputs");
    }

    /** Where an image's picture is. */
    public Path picture(ImageRecord.Complete image) {
        return path.resolve(image.file().path());
    }

    /** Where an image is, or would be, as a file of a format. */
    public Path output(ImageId id, ImageFormat format) {
        return path.resolve(outputPath(id, format));
    }

    /** Whether a run has begun here. */
    public boolean begun() {
        return Files.exists(headerFile());
    }

    /** @throws DataFileException if it cannot be read, or is of a newer version */
    public RunHeader header() {
        JsonRecord json = Json.read(headerFile());
        checkVersion(json);
        return HeaderFile.read(json);
    }

    /** What was asked, in the order of the run. */
    public Stream<PromptRecord> prompts() {
        return lines(promptsFile(), PromptLine::read);
    }

    /** What became of every image so far, in the order in which requests ended. */
    public Stream<ImageRecord> images() {
        return lines(imagesFile(), ImageLine::read);
    }

    /** The closing record, if the generate stage got that far; {@link #verified} says whether it still holds. */
    public Optional<GeneratedRecord> generated() {
        if (!Files.exists(generatedFile())) {
            return Optional.empty();
        }
        JsonRecord json = Json.read(generatedFile());
        checkVersion(json);
        return Optional.of(GeneratedRecord.read(json));
    }

    /**
     * The closing record of a finished generate stage.
     *
     * @throws RunFolderException if the stage is not finished, or {@code images.jsonl} changed since
     */
    public GeneratedRecord verified() {
        GeneratedRecord record = generated()
                .orElseThrow(
                        () -> new RunFolderException(
                                path
                                        + ": expected a finished run, found no generated.json. The command that began it finishes it."));
        String digest = imagesDigest();
        if (!digest.equals(record.imagesDigest())) {
            throw new RunFolderException(imagesFile() + ": expected digest " + record.imagesDigest()
                    + " as generated.json says, found " + digest + ". The file was changed after the run.");
        }
        return record;
    }

    /** SHA-256 of {@code images.jsonl}. */
    public String imagesDigest() {
        try {
            return Sha256.of(imagesFile());
        } catch (IOException e) {
            throw new RunFolderException(imagesFile() + ": expected a readable file, found " + IoReason.of(e), e);
        }
    }

    /** Writes the first line of a {@code .jsonl} file of a run. */
    public static String firstLine(RunId run) {
        return Json.line(Json.object().put("schemaVersion", SCHEMA_VERSION).put("runId", run.value()));
    }

    /**
     * Checks the first line of a {@code .jsonl} file, or a single JSON file.
     *
     * @throws RunFolderException if it was written by a newer version
     */
    public static void checkVersion(JsonRecord json) {
        long version = json.integer("schemaVersion");
        if (version > SCHEMA_VERSION) {
            throw new RunFolderException(json.place() + ": expected schemaVersion of at most " + SCHEMA_VERSION
                    + ", found " + version + ". It was written by a newer Touchstone; use that one.");
        }
        if (version < 1) {
            throw new RunFolderException(
                    json.place() + ": expected schemaVersion of at least 1, found " + version + ".");
        }
    }

    static String outputPath(ImageId id, ImageFormat format) {
        return "outputs/" + id + "." + format.fileEnding();
    }

    static void write(Path file, AtomicFile.Content content) {
        try {
            AtomicFile.write(file, content);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static RunFolderException unwritable(Path file, IOException e) {
        return new RunFolderException(
                file + ": expected to write it, found " + IoReason.of(e)
                        + ". Free space or fix the folder, then give the same command again.",
                e);
    }

    /** Hands over every line after the first, with its place in the file. */
    static void eachLine(Path file, Consumer<JsonlReader.Line> each) {
        try (JsonlReader reader = JsonlReader.open(file)) {
            reader.next().ifPresent(first -> checkVersion(first.json()));
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                each.accept(line.get());
            }
        }
    }

    private static <T> Stream<T> lines(Path file, Function<JsonRecord, T> read) {
        JsonlReader reader = JsonlReader.open(file);
        try {
            reader.next().ifPresent(first -> checkVersion(first.json()));
        } catch (DataFileException e) {
            reader.close();
            throw e;
        }
        Spliterator<T> lines =
                new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    @Override
                    public boolean tryAdvance(Consumer<? super T> action) {
                        Optional<JsonlReader.Line> line = reader.next();
                        line.ifPresent(found -> action.accept(read.apply(found.json())));
                        return line.isPresent();
                    }
                };
        return StreamSupport.stream(lines, false).onClose(reader::close);
    }
}
