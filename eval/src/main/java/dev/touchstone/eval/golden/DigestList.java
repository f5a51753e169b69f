package dev.touchstone.eval.golden;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code files.sha256}: the digest of every file of a dataset but itself and {@code dataset.yaml}, by path, in the form
 * that {@code sha256sum -c} checks.
 */
final class DigestList {

    static final String NAME = "files.sha256";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\\\\\p{Cntrl}]{1,400})");

    private DigestList() {}

    static String write(SortedMap<String, String> digests) {
        StringBuilder lines = new StringBuilder();
        digests.forEach(
                (path, digest) -> lines.append(digest).append("  ").append(path).append('\n'));
        return lines.toString();
    }

    /** The digests by path; lines that are wrong are problems and left out. */
    static SortedMap<String, String> read(Path folder, Problems problems) {
        Path file = folder.resolve(NAME);
        SortedMap<String, String> digests = new TreeMap<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            problems.add(Place.of(file.toString()), "", "text in UTF-8", "bytes that are not");
            return digests;
        } catch (IOException e) {
            problems.add(
                    Place.of(file.toString()),
                    "",
                    "a readable file",
                    Files.exists(file) ? e.toString() : "no such file");
            return digests;
        }
        for (int i = 0; i < lines.size(); i++) {
            Place place = new Place(file.toString(), i + 1, 0);
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches() || !isInside(line.group(2))) {
                problems.add(place, "", "a SHA-256, two spaces and a path inside the dataset", "another line");
            } else if (digests.putIfAbsent(line.group(2), line.group(1)) != null) {
                problems.add(place, "", "each path once", line.group(2) + " again");
            }
        }
        return Collections.unmodifiableSortedMap(digests);
    }

    /** Whether a path is relative, in its plainest form, and stays in its folder. */
    static boolean isInside(String path) {
        Path relative = Path.of(path);
        return !relative.isAbsolute()
                && relative.equals(relative.normalize())
                && !relative.startsWith("..")
                && !path.isEmpty();
    }

    static String digest(Path folder) throws IOException {
        return Sha256.of(folder.resolve(NAME));
    }
}
