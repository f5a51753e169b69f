package dev.touchstone.generator.manifest;

import dev.touchstone.generator.document.StrictValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths that a manifest names: relative to it, never out of its project. */
final class ProjectPaths {

    /** Plain on every system: no drive letters, no backslashes, no control characters. */
    private static final Pattern RELATIVE = Pattern.compile("[^/\\\\:\\p{Cntrl}][^\\\\:\\p{Cntrl}]{0,399}");

    private final Path folder;
    private final Path project;

    ProjectPaths(Path manifest, Path project) {
        this.folder = manifest.toAbsolutePath().normalize().getParent();
        this.project = project.toAbsolutePath().normalize();
    }

    /** The path, absolute; empty if it leaves the project, and then the value has a problem. */
    Optional<Path> within(StrictValue value) {
        return value.text(RELATIVE, "a path relative to the manifest, with / between folders")
                .flatMap(text -> {
                    Path path = folder.resolve(text).normalize();
                    if (!staysInside(path)) {
                        value.problem("a path that stays in " + project, "it leads to " + path);
                        return Optional.empty();
                    }
                    return Optional.of(path);
                });
    }

    private boolean staysInside(Path path) {
        if (!path.startsWith(project) && !path.startsWith(folder)) {
            return false;
        }
        try {
            // A link inside the project may still point out of it.
            return !Files.exists(path)
                    || path.toRealPath().startsWith(project.toRealPath())
                    || path.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
