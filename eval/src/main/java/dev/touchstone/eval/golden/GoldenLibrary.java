package dev.touchstone.eval.golden;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of all golden datasets, {@code <folder>/<id>/<version>/}. */
public final class GoldenLibrary {

    private static final String BUILTIN = "builtin";
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]*");

    private final Path folder;

    /** @param folder {@code golden-datasets} of a project */
    public GoldenLibrary(Path folder) {
        this.folder = folder;
    }

    /**
     * A dataset that is there.
     *
     * @param state whether it can be used as it is
     */
    public record Listed(DatasetHeader header, State state) {}

    /** Whether a dataset's files are there. */
    public enum State {
        BUILT,
        /** Only {@code dataset.yaml} is there. */
        NOT_BUILT
    }

    /**
     * Every dataset, by id and version. Folders without {@code dataset.yaml} are passed over.
     *
     * @throws GoldenException if a description is wrong
     * @throws IOException if the folder cannot be listed
     */
    public List<Listed> list() throws IOException {
        List<Listed> listed = new ArrayList<>();
        for (Path id : folders(folder)) {
            for (Path version : folders(id)) {
                if (VERSION.matcher(version.getFileName().toString()).matches()
                        && Files.exists(version.resolve(DatasetFile.NAME))) {
                    State state = GoldenDataset.isBuilt(version) ? State.BUILT : State.NOT_BUILT;
                    listed.add(new Listed(GoldenDataset.header(version), state));
                }
            }
        }
        return listed;
    }

    /** Where a version of a dataset lies, whether it is there or not. */
    public Path folder(String id, int version) {
        if (!DatasetFile.ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "golden dataset: expected an id " + DatasetFile.ID.pattern() + ", found \"" + id + "\"");
        }
        return folder.resolve(id).resolve(Integer.toString(version));
    }

    /**
     * Opens a dataset; the built-in one is built first if it is not yet there.
     *
     * @throws GoldenException if there is no such dataset, or it is not what was released
     * @throws IOException if the built-in dataset cannot be written
     */
    public GoldenDataset open(String id, int version, GoldenProgress progress) throws IOException {
        Path dataset = folder(id, version);
        boolean isBuiltin = id.equals(BUILTIN) && version == 1;
        if (isBuiltin && !GoldenDataset.isBuilt(dataset)) {
            try (BuildLock lock = new BuildLock(dataset.getParent())) {
                // Another run may have built it while this one waited.
                if (lock.isHeld() && !GoldenDataset.isBuilt(dataset)) {
                    return GoldenBuilder.buildBuiltin(dataset, progress);
                }
            }
        }
        if (!isBuiltin && !Files.exists(dataset.resolve(DatasetFile.NAME))) {
            List<String> names = new ArrayList<>(List.of(BUILTIN + "/1"));
            list().stream()
                    .map(listed -> listed.header().release())
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            throw new GoldenException(List.of(new Problem(
                    Place.of(folder.toString()),
                    "",
                    "one of the golden datasets " + String.join(", ", names),
                    "\"" + id + "/" + version + "\"",
                    NearestName.hint(id + "/" + version, names))));
        }
        return GoldenDataset.open(dataset);
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }
}
