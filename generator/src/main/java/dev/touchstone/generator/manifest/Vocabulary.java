package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.metrics.metric.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a manifest may use here.
 *
 * @param backends kinds of back ends
 * @param metrics names of those that a run can be scored by
 * @param packs released packs as {@code id/version}; empty means that packs are not checked
 * @param goldens golden datasets as {@code id/version}; empty means that they are not checked
 */
public record Vocabulary(BackendProviders backends, List<String> metrics, List<String> packs, List<String> goldens) {

    /** The golden dataset that is built on first use, so that it may be named before its folder is there. */
    private static final String BUILTIN_GOLDEN = "builtin/1";

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]*");

    public Vocabulary {
        metrics = List.copyOf(metrics);
        packs = List.copyOf(packs);
        goldens = List.copyOf(goldens);
    }

    /** What a project folder offers: the packs and datasets that lie in it. */
    public static Vocabulary of(Path project) {
        SortedSet<String> packs = released(project.resolve("prompt-packs"));
        SortedSet<String> goldens = released(project.resolve("golden-datasets"));
        goldens.add(BUILTIN_GOLDEN);
        return new Vocabulary(
                BackendProviders.installed(),
                Metrics.installed().names(Metrics.OF_A_RUN),
                List.copyOf(packs),
                List.copyOf(goldens));
    }

    private static SortedSet<String> released(Path folder) {
        SortedSet<String> names = new TreeSet<>();
        for (Path id : folders(folder)) {
            for (Path version : folders(id)) {
                if (VERSION.matcher(version.getFileName().toString()).matches()) {
                    names.add(id.getFileName() + "/" + version.getFileName());
                }
            }
        }
        return names;
    }

    private static List<Path> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
