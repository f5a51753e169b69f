package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.metric.MetricException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pairs of files: two files, or the files of two folders that have the same name without its ending, in Unicode's normal form C.
 *
 * @param leftOut what of the folders is no image
 */
record ImagePairs(List<Pair> pairs, List<LeftOut> leftOut) {

    /**
     * A file and the one that belongs to it.
     *
     * @param reference none where the metric looks at one side only
     */
    record Pair(String name, Path generated, Optional<Path> reference) {}

    private static final int LISTED = 10;

    /**
     * Pairs files up.
     *
     * @throws MetricException if one is a file and the other a folder, or a file of a folder has no partner; all are named
     */
    static ImagePairs of(Path generated, Path reference) {
        if (Files.isRegularFile(generated) && Files.isRegularFile(reference)) {
            return new ImagePairs(
                    List.of(new Pair(FileNames.stem(generated), generated, Optional.of(reference))), List.of());
        }
        if (Files.isRegularFile(generated) || Files.isRegularFile(reference)) {
            boolean first = Files.isRegularFile(generated);
            throw new MetricException("pairs: expected two files or two folders, found the file "
                    + (first ? generated : reference) + " and the folder " + (first ? reference : generated));
        }
        ImageFiles generatedFiles = ImageFiles.in(generated);
        ImageFiles referenceFiles = ImageFiles.in(reference);
        Map<String, Path> first = byStem(generatedFiles);
        Map<String, Path> second = byStem(referenceFiles);
        List<String> problems = new ArrayList<>();
        first.forEach((name, file) -> {
            if (!second.containsKey(name)) {
                problems.add(file + " has no partner in " + reference);
            }
        });
        second.forEach((name, file) -> {
            if (!first.containsKey(name)) {
                problems.add(file + " has no partner in " + generated);
            }
        });
        if (!problems.isEmpty()) {
            String more = problems.size() > LISTED ? "\n  and " + (problems.size() - LISTED) + " more" : "";
            throw new MetricException("pairs: expected the same names in both folders, found\n  "
                    + String.join("\n  ", problems.subList(0, Math.min(LISTED, problems.size()))) + more);
        }
        List<Pair> pairs = new ArrayList<>();
        first.forEach((name, file) -> pairs.add(new Pair(name, file, Optional.of(second.get(name)))));
        List<LeftOut> leftOut = new ArrayList<>(generatedFiles.leftOut());
        leftOut.addAll(referenceFiles.leftOut());
        return new ImagePairs(List.copyOf(pairs), List.copyOf(leftOut));
    }

    /**
     * The files of one side, each alone.
     *
     * @throws MetricException if there is no image
     */
    static ImagePairs alone(Path generated) {
        ImageFiles files = ImageFiles.in(generated);
        return new ImagePairs(
                files.files().stream()
                        .map(file -> new Pair(FileNames.stem(file), file, Optional.empty()))
                        .toList(),
                files.leftOut());
    }

    private static Map<String, Path> byStem(ImageFiles folder) {
        Map<String, Path> files = new TreeMap<>();
        for (Path file : folder.files()) {
            Path twin = files.put(FileNames.stem(file), file);
            if (twin != null) {
                throw new MetricException("pairs: expected one image of each name, found " + twin + " and " + file);
            }
        }
        return files;
    }
}
