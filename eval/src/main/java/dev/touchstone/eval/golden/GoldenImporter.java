package dev.touchstone.eval.golden;

import dev.touchstone.eval.golden.ImportSettings.Sizing;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.ImageFolder;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.image.PillowResize;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes a dataset of a user's folder of images. Each image is decoded, resized if asked, and stored as PNG under its old
 * path; hidden files and folders, and files without an image's ending, are left out and named in the answer.
 */
public final class GoldenImporter {

    /**
     * What came of a folder.
     *
     * @param leftOut what of it is no image, by reason
     */
    public record Imported(GoldenDataset dataset, List<LeftOut> leftOut) {

        public Imported {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** Paths that every system and {@code sha256sum} can hold. */
    private static final Pattern PATH = Pattern.compile("[^\\\\:\\p{Cntrl}]{1,300}");

    private final Path folder;
    private final ImportSettings settings;
    private final ImageDecoder decoder = new ImageDecoder();
    private final Problems problems = Problems.unlimited();
    private final List<GoldenImage> images = new ArrayList<>();
    private final Map<String, Path> taken = new HashMap<>();

    private GoldenImporter(Path folder, ImportSettings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * Adds a dataset to a library.
     *
     * @param folder of images, read with its subfolders; links are not followed
     * @throws GoldenException with every image that cannot be used (truncated, damaged, too large, of another format, a
     *     name taken twice or not in the process's encoding, a link), or if that version is there already; then nothing is written
     * @throws IOException if the folder cannot be listed or the dataset not be written; then nothing is left behind
     */
    public static Imported add(Path folder, GoldenLibrary library, ImportSettings settings, GoldenProgress progress)
            throws IOException {
        Path target = library.folder(settings.id(), settings.version());
        if (Files.exists(target)) {
            throw new GoldenException(
                    target.toString(),
                    "a version that is not there yet",
                    "this one",
                    "a released dataset never changes: use version " + (settings.version() + 1));
        }
        return new GoldenImporter(folder, settings).add(target, progress);
    }

    private Imported add(Path target, GoldenProgress progress) throws IOException {
        ImageFolder found = files();
        List<Path> files = found.images();
        try (DatasetStaging staging = new DatasetStaging(target)) {
            int done = 0;
            for (Path file : files) {
                add(file, staging);
                progress.advanced(++done, files.size());
            }
            if (files.isEmpty()) {
                problems.add(Place.of(folder.toString()), "", "at least one image", "none");
            }
            problems.throwIfAny(GoldenException::new);
            staging.finish(settings.header(), images, List.of());
        }
        return new Imported(GoldenDataset.open(target), found.leftOut());
    }

    private ImageFolder files() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new GoldenException(folder.toString(), "a folder of images", "none", "");
        }
        ImageFolder found = ImageFolder.list(folder, ImageFolder.Depth.WITH_SUBFOLDERS);
        if (!found.illegible().isEmpty()) {
            throw new GoldenException(
                    folder.toString(), "names that can be stored", FileNames.illegible(found.illegible()), "");
        }
        return found;
    }

    private void add(Path file, DatasetStaging staging) throws IOException {
        Place place = Place.of(file.toString());
        String path =
                folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        if (!PATH.matcher(path).matches()) {
            problems.add(place, "", "a name without control characters, colons and backslashes", "another");
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.add(place, "", "a file", "a link or device");
            return;
        }
        String stored = "images/" + path.replaceFirst("\\.[A-Za-z]{1,5}$", "") + ".png";
        Path other = taken.putIfAbsent(Normalizer.normalize(stored, Normalizer.Form.NFC), file);
        if (other != null) {
            problems.add(place, "", "a name of its own without the ending", "the name of " + other);
            return;
        }
        try {
            RgbImage image = sized(decoder.decode(file));
            if (problems.isEmpty()) {
                staging.write(stored, PngFile.encode(image));
                images.add(new GoldenImage(stored, workflow(path), new TreeMap<>(), "", path));
            }
        } catch (ImageDecodeException e) {
            problems.add(problem(place, e.getMessage()));
        }
    }

    private RgbImage sized(RgbImage image) {
        return settings.sizing() instanceof Sizing.Resized resized
                ? PillowResize.bytes(image, resized.filter(), resized.widthPixels(), resized.heightPixels())
                : image;
    }

    private String workflow(String path) {
        for (Workflow workflow : Workflow.values()) {
            if (path.startsWith(workflow.id() + "/")) {
                return workflow.id();
            }
        }
        return settings.workflow().id();
    }

    /** The decoder's message, {@code file: expected X, found Y; hint}, as a problem. */
    private static Problem problem(Place place, String message) {
        String said = message.startsWith(place + ": ")
                ? message.substring(place.toString().length() + 2)
                : message;
        int found = said.indexOf(", found ");
        if (said.startsWith("expected ") && found > 0) {
            return new Problem(place, "", said.substring(9, found), said.substring(found + 8), "");
        }
        return new Problem(place, "", "an image", "one that cannot be used: " + said, "");
    }
}
