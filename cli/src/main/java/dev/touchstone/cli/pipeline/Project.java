package dev.touchstone.cli.pipeline;

import dev.touchstone.generator.manifest.ManifestReader;
import dev.touchstone.generator.manifest.ManifestSource;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.manifest.Vocabulary;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * The checkout that the command was started from: where packs, golden datasets and caches lie.
 *
 * @param home its folder
 */
public record Project(Path home) {

    private static final long GIT_SECONDS = 5;

    /** The project named by the system property {@code touchstone.home}, which the launcher sets; else the working folder. */
    public static Project here() {
        return new Project(Path.of(System.getProperty("touchstone.home", "."))
                .toAbsolutePath()
                .normalize());
    }

    public Path packs() {
        return home.resolve("prompt-packs");
    }

    public Path goldenDatasets() {
        return home.resolve("golden-datasets");
    }

    /** Features of golden pictures, shared by all runs; may be deleted. */
    public Path goldenFeatures() {
        return home.resolve(".touchstone/features");
    }

    /** Imported weights of published metric networks. */
    public Path weights() {
        return home.resolve(".touchstone/weights");
    }

    /** Where runs go unless the user says otherwise. */
    public Path runs() {
        return Path.of("runs");
    }

    /** Reads a manifest, wherever it lies, with the packs and golden datasets that are here. */
    public RunManifest manifest(Path file) {
        return manifest(source(file));
    }

    /** Reads a manifest's bytes with the packs and golden datasets that are here. */
    public RunManifest manifest(ManifestSource source) {
        return ManifestReader.read(source, home, Vocabulary.of(home));
    }

    /** A manifest's bytes, wherever it lies. */
    public ManifestSource source(Path file) {
        return ManifestSource.read(file, home);
    }

    /** The manifest that a run was made from; its paths mean what they meant when the run was made. */
    public ManifestSource source(RunFolder run) {
        return ManifestSource.copy(run.manifestFile(), run.header().manifestFile(), home);
    }

    /** The program's version as the build wrote it. */
    public static String version() {
        try (InputStream in = Project.class.getResourceAsStream("/touchstone.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version, commit and whether the sources equal it; the commit is {@code unknown} outside a checkout. */
    public RunHeader.Touchstone touchstone() {
        Optional<String> commit = git("rev-parse", "HEAD");
        Optional<String> changes = git("status", "--porcelain", "--untracked-files=no");
        boolean clean =
                commit.isPresent() && changes.isPresent() && changes.get().isEmpty();
        return new RunHeader.Touchstone(
                version(), commit.orElse("unknown"), clean ? RunHeader.Sources.CLEAN : RunHeader.Sources.DIRTY);
    }

    private Optional<String> git(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = home.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(GIT_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
