package dev.touchstone.generator.manifest;

import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.YamlDocument;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A manifest's bytes, read once, and where its paths begin: beside the manifest itself, also when it is the copy in a run folder
 * that is read.
 *
 * @param shown the file that was read, for messages
 * @param file from whose folder relative paths start
 * @param bytes of the manifest
 * @param origin what the run's header says of {@code file}: relative to the project where it lies in it, else absolute, with {@code /}
 */
public record ManifestSource(Path shown, Path file, byte[] bytes, String origin) {

    /** A manifest where it lies. */
    public static ManifestSource read(Path file, Path project) {
        return of(file, file.toAbsolutePath().normalize(), project);
    }

    /**
     * The copy of a manifest in a run folder.
     *
     * @param origin as the run's header says; empty for the copy's own place, as in runs that do not say
     */
    public static ManifestSource copy(Path copy, String origin, Path project) {
        Path file = origin.isEmpty()
                ? copy.toAbsolutePath().normalize()
                : project.toAbsolutePath().resolve(origin).normalize();
        return of(copy, file, project);
    }

    private static ManifestSource of(Path shown, Path file, Path project) {
        Path home = project.toAbsolutePath().normalize();
        String origin = (file.startsWith(home) ? home.relativize(file) : file)
                .toString()
                .replace('\\', '/');
        Problems problems = new Problems();
        Optional<byte[]> bytes = YamlDocument.bytes(shown, problems);
        problems.throwIfAny(ManifestException::new);
        return new ManifestSource(shown, file, bytes.orElseThrow(), origin);
    }
}
