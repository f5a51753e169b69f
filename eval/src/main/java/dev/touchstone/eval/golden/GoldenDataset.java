package dev.touchstone.eval.golden;

import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A golden dataset in its folder, ready to use:
 *
 * <pre>
 * dataset.yaml   what it is, and the digest of the whole
 * files.sha256   the digest of every other file
 * labels.jsonl   one line per image
 * edits.jsonl    one line per edit pair
 * images/        PNG
 * edits/WIDTHxHEIGHT/PAIR-{input,mask,target}.png
 * </pre>
 */
public final class GoldenDataset {

    private final Path folder;
    private final DatasetHeader header;
    private final SortedMap<String, String> digests;
    private final List<GoldenImage> images;
    private final SortedMap<String, GoldenEdit> edits;

    private GoldenDataset(
            Path folder,
            DatasetHeader header,
            SortedMap<String, String> digests,
            List<GoldenImage> images,
            SortedMap<String, GoldenEdit> edits) {
        this.folder = folder;
        this.header = header;
        this.digests = digests;
        this.images = List.copyOf(images);
        this.edits = Collections.unmodifiableSortedMap(edits);
    }

    /**
     * Opens a dataset. Its labels and lists are read and checked against the digest of the whole; its images are not
     * read, which {@link GoldenVerifier} does.
     *
     * @throws GoldenException with every problem, also if the dataset is not built yet
     */
    public static GoldenDataset open(Path folder) {
        Problems problems = new Problems();
        Optional<DatasetHeader> header = DatasetFile.read(folder, problems);
        problems.throwIfAny(GoldenException::new);
        if (!isBuilt(folder)) {
            throw new GoldenException(
                    folder.toString(),
                    "a dataset that is built",
                    "only " + DatasetFile.NAME,
                    "touchstone golden build " + header.orElseThrow().id() + " builds it");
        }
        SortedMap<String, String> digests = DigestList.read(folder, problems);
        List<GoldenImage> images = LabelFiles.readLabels(folder, problems);
        SortedMap<String, GoldenEdit> edits = new TreeMap<>();
        LabelFiles.readEdits(folder, problems).forEach(edit -> edits.put(edit.pair(), edit));
        GoldenVerifier.checkLists(folder, header.orElseThrow(), digests, images, problems);
        problems.throwIfAny(GoldenException::new);
        return new GoldenDataset(folder, header.orElseThrow(), digests, images, edits);
    }

    /** Whether the folder holds more than a description: the list of digests is the last file that a builder writes. */
    public static boolean isBuilt(Path folder) {
        return Files.isRegularFile(folder.resolve(DigestList.NAME));
    }

    /**
     * What a dataset's folder says about it, built or not.
     *
     * @throws GoldenException with every problem of {@code dataset.yaml}
     */
    public static DatasetHeader header(Path folder) {
        Problems problems = new Problems();
        Optional<DatasetHeader> header = DatasetFile.read(folder, problems);
        problems.throwIfAny(GoldenException::new);
        return header.orElseThrow();
    }

    /** Id, version, licence, source, preprocessing, digest. */
    public DatasetHeader header() {
        return header;
    }

    /** The dataset's folder. */
    public Path folder() {
        return folder;
    }

    /** Every image, in file order. */
    public List<GoldenImage> images() {
        return images;
    }

    /** The images that stand for a workflow, in file order; empty if there are none. */
    public List<GoldenImage> images(String workflow) {
        return images.stream()
                .filter(image -> image.workflow().equals(workflow))
                .toList();
    }

    /** Where an image lies. */
    public Path file(GoldenImage image) {
        return folder.resolve(image.file());
    }

    /** SHA-256 of an image's file, as released. */
    public String digest(GoldenImage image) {
        return digests.get(image.file());
    }

    /**
     * SHA-256 of any file of the dataset, as released.
     *
     * @throws IllegalArgumentException if the dataset lists no such file
     */
    public String digest(Path file) {
        String digest = digests.get(path(file));
        if (digest == null) {
            throw new IllegalArgumentException(file + ": expected a file that the dataset lists");
        }
        return digest;
    }

    private String path(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** Every edit by its pair's name. */
    public SortedMap<String, GoldenEdit> edits() {
        return edits;
    }

    /** The pictures of an edit at a size; empty if there is no such pair, or not at that size. */
    public Optional<EditFiles> editFiles(String pair, int widthPixels, int heightPixels) {
        String start = editFile(pair, widthPixels, heightPixels, "");
        if (!edits.containsKey(pair) || !digests.containsKey(start + "input.png")) {
            return Optional.empty();
        }
        return Optional.of(new EditFiles(
                folder.resolve(start + "input.png"),
                folder.resolve(start + "mask.png"),
                folder.resolve(start + "target.png")));
    }

    static String editFile(String pair, int widthPixels, int heightPixels, String part) {
        return "edits/" + widthPixels + "x" + heightPixels + "/" + pair + "-" + part;
    }

    /**
     * Requires that a file is what was released.
     *
     * @throws GoldenException if it is missing or its digest differs
     */
    public void requireUnchanged(Path file) {
        Problems problems = new Problems();
        String path = path(file);
        try {
            GoldenVerifier.checkFile(folder, path, digests.getOrDefault(path, "no digest"), problems);
        } catch (IOException e) {
            problems.add(Place.of(file.toString()), "", "a readable file", e.toString());
        }
        problems.throwIfAny(GoldenException::new);
    }
}
