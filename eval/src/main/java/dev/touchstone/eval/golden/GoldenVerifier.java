package dev.touchstone.eval.golden;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.png.ImageFileException;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Compares a dataset's folder with what was released: every missing, truncated, changed and extra file. */
public final class GoldenVerifier {

    private GoldenVerifier() {}

    /**
     * Reads every file of a dataset.
     *
     * @return what is wrong, empty if the folder is what was released
     * @throws IOException if the folder cannot be listed
     */
    public static List<Problem> verify(Path folder, GoldenProgress progress) throws IOException {
        Problems problems = Problems.unlimited();
        Optional<DatasetHeader> header = DatasetFile.read(folder, problems);
        SortedMap<String, String> digests = DigestList.read(folder, problems);
        AtomicInteger done = new AtomicInteger();
        for (var entry : digests.entrySet()) {
            checkFile(folder, entry.getKey(), entry.getValue(), problems);
            progress.advanced(done.incrementAndGet(), digests.size());
        }
        checkExtras(folder, digests, problems);
        if (header.isPresent() && Files.isRegularFile(folder.resolve(DigestList.NAME))) {
            checkLists(folder, header.get(), digests, LabelFiles.readLabels(folder, problems), problems);
            LabelFiles.readEdits(folder, problems);
        }
        return problems.list();
    }

    static void checkFile(Path folder, String path, String digest, Problems problems) throws IOException {
        Path file = folder.resolve(path);
        Place place = Place.of(file.toString());
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.add(place, "", "a file of the dataset", "none");
            return;
        }
        String found = Sha256.of(file);
        if (found.equals(digest)) {
            return;
        }
        if (path.endsWith(".png")) {
            try {
                PngFile.read(file);
            } catch (ImageFileException damaged) {
                String message = damaged.getMessage();
                problems.add(
                        place,
                        "",
                        "SHA-256 " + digest,
                        "a damaged image (" + message.substring(message.indexOf(": ") + 2) + ")");
                return;
            }
        }
        problems.add(place, "", "SHA-256 " + digest, found + "; the file was changed");
    }

    private static void checkExtras(Path folder, SortedMap<String, String> digests, Problems problems)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> !Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                if (!path.equals(DatasetFile.NAME) && !path.equals(DigestList.NAME) && !digests.containsKey(path)) {
                    problems.add(Place.of(file.toString()), "", "only files of the dataset", "an extra one");
                }
            }
        }
    }

    /** What can be checked without reading images: that the lists are the released ones and fit each other. */
    static void checkLists(
            Path folder,
            DatasetHeader header,
            SortedMap<String, String> digests,
            List<GoldenImage> images,
            Problems problems) {
        String dataset = folder.resolve(DatasetFile.NAME).toString();
        try {
            String whole = DigestList.digest(folder);
            if (!whole.equals(header.digest())) {
                problems.add(new Problem(
                        Place.of(dataset),
                        "digest",
                        header.digest() + " for " + DigestList.NAME,
                        whole,
                        "a released dataset never changes: build or add it again, or release version "
                                + (header.version() + 1)));
            }
            for (String list : List.of(LabelFiles.LABELS, LabelFiles.EDITS)) {
                if (!Sha256.of(folder.resolve(list)).equals(digests.getOrDefault(list, ""))) {
                    problems.add(
                            Place.of(folder.resolve(list).toString()),
                            "",
                            "the file that " + DigestList.NAME + " lists",
                            "another");
                }
            }
        } catch (IOException e) {
            problems.add(Place.of(folder.toString()), "", "readable lists", e.toString());
        }
        if (images.size() != header.images()) {
            problems.add(
                    Place.of(dataset),
                    "images",
                    header.images() + " lines in " + LabelFiles.LABELS,
                    images.size() + "");
        }
        Set<String> labelled = new HashSet<>();
        for (GoldenImage image : images) {
            labelled.add(image.file());
            if (!digests.containsKey(image.file())) {
                problems.add(
                        Place.of(folder.resolve(LabelFiles.LABELS).toString()),
                        "",
                        "files that " + DigestList.NAME + " lists",
                        image.file());
            }
        }
        for (String path : digests.keySet()) {
            if (path.startsWith("images/") && !labelled.contains(path)) {
                problems.add(Place.of(folder.resolve(LabelFiles.LABELS).toString()), "", "a line for " + path, "none");
            }
        }
    }
}
