package dev.touchstone.eval.compare;

import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The baselines of a project: one small file each, in a folder that can be kept under version control. */
public final class BaselineStore {

    private static final String SUFFIX = ".json";
    private static final int SHOWN_PROBLEMS = 10;

    private final Path folder;
    private final Path home;

    /**
     * @param folder of the baselines; made on first use
     * @param home of the project, which folders of runs are relative to
     */
    public BaselineStore(Path folder, Path home) {
        this.folder = folder;
        this.home = home.toAbsolutePath().normalize();
    }

    /** Whether sources that differ from their commit may stand behind a baseline. */
    public enum Sources {
        CLEAN_ONLY,
        DIRTY_TOO
    }

    /**
     * Pins a run under a name; a name that is taken is moved to the run.
     *
     * @throws BaselineException with every reason why the run cannot become one
     */
    public Baseline pin(RunFolder run, String name, Sources sources, Instant now) {
        Baseline.requireName(name);
        GeneratedRecord generated = run.verified();
        List<String> problems = new ArrayList<>();
        int lost = generated.counts().images() - generated.counts().complete();
        if (lost > 0) {
            problems.add("every image complete, found " + lost + " of "
                    + generated.counts().images() + " failed, moderated or missing");
        }
        if (sources == Sources.CLEAN_ONLY && run.header().touchstone().state() == RunHeader.Sources.DIRTY) {
            problems.add("sources that equal their commit, found changed ones (--dirty pins all the same)");
        }
        if (!Files.exists(ScoreFile.path(run))) {
            problems.add("scores, found none; run the score stage first");
        }
        if (!problems.isEmpty()) {
            throw new BaselineException(run.path() + ": a baseline is a complete and clean run; expected "
                    + String.join("; and expected ", problems) + ".");
        }
        Baseline baseline = new Baseline(
                name,
                generated.runId(),
                relative(run.path()),
                digests(run),
                generated.requests(),
                generated.counts().complete(),
                now);
        try {
            Files.createDirectories(folder);
            AtomicFile.write(file(name), baseline.write());
        } catch (IOException e) {
            throw new DataFileException(file(name) + ": expected to write it, found " + IoReason.of(e), e);
        }
        return baseline;
    }

    private Path relative(Path run) {
        Path whole = run.toAbsolutePath().normalize();
        return whole.startsWith(home) ? home.relativize(whole) : whole;
    }

    private static SortedMap<String, String> digests(RunFolder run) {
        SortedMap<String, String> digests = new TreeMap<>();
        for (Path file : List.of(
                run.headerFile(),
                run.manifestFile(),
                run.promptsFile(),
                run.eventsFile(),
                run.imagesFile(),
                run.generatedFile(),
                ScoreFile.path(run),
                LabelStore.file(run))) {
            if (Files.exists(file)) {
                digests.put(file.getFileName().toString(), digest(file));
            }
        }
        return digests;
    }

    private static String digest(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a readable file, found " + IoReason.of(e), e);
        }
    }

    /** All baselines, by name. */
    public List<Baseline> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .map(Baseline::read)
                    .toList();
        } catch (IOException e) {
            throw new DataFileException(folder + ": expected a folder of baselines, found " + IoReason.of(e), e);
        }
    }

    /** Whether there is a baseline of this name. */
    public boolean has(String name) {
        return name.matches(Baseline.NAME) && Files.isRegularFile(file(name));
    }

    /**
     * The run of a baseline, if it still is what was pinned; its pictures are not opened.
     *
     * @throws BaselineException if there is none of this name, it was moved or removed, or a file of it changed
     */
    public RunFolder run(String name) {
        Baseline baseline = find(name);
        List<String> problems = problems(baseline);
        if (!problems.isEmpty()) {
            throw new BaselineException("baseline " + name + ": " + String.join("\n  ", problems));
        }
        return RunFolder.open(home.resolve(baseline.folder()));
    }

    /** @throws BaselineException if there is none of this name */
    public Baseline find(String name) {
        if (!name.matches(Baseline.NAME)) {
            throw new BaselineException(name + ": expected a run folder or the name of a baseline, found neither.");
        }
        if (!has(name)) {
            List<String> names = list().stream().map(Baseline::name).toList();
            String hint = NearestName.hint(name, names);
            throw new BaselineException("baseline " + name + ": expected a pinned run, found none"
                    + (names.isEmpty() ? "; there are no baselines" : "; there are " + String.join(", ", names))
                    + (hint.isEmpty() ? "" : "; " + hint) + ". `touchstone baseline pin RUN --name " + name
                    + "` makes one.");
        }
        return Baseline.read(file(name));
    }

    /** What is wrong with a baseline, its pictures included; nothing where all is as it was pinned. */
    public List<String> check(Baseline baseline) {
        List<String> problems = new ArrayList<>(problems(baseline));
        if (problems.isEmpty()) {
            pictures(RunFolder.open(home.resolve(baseline.folder())), problems);
        }
        return problems;
    }

    private List<String> problems(Baseline baseline) {
        Path run = home.resolve(baseline.folder());
        if (!Files.isDirectory(run)) {
            return List.of("expected the run at " + baseline.folder()
                    + ", found nothing; it was moved or removed. Pin it again where it lies now.");
        }
        List<String> problems = new ArrayList<>();
        baseline.files().forEach((name, digest) -> {
            Path file = run.resolve(name);
            if (!Files.isRegularFile(file)) {
                problems.add("expected " + baseline.folder().resolve(name) + ", found no such file");
            } else {
                String found = digest(file);
                if (!found.equals(digest)) {
                    problems.add("expected " + baseline.folder().resolve(name) + " with digest "
                            + digest.substring(0, 12) + ", found " + found.substring(0, 12)
                            + "; it changed since it was pinned");
                }
            }
        });
        return problems;
    }

    private static void pictures(RunFolder run, List<String> problems) {
        try (Stream<ImageRecord> images = run.images()) {
            images.filter(ImageRecord.Complete.class::isInstance)
                    .map(ImageRecord.Complete.class::cast)
                    .forEach(image -> {
                        Path file = run.path().resolve(image.file().path());
                        if (problems.size() < SHOWN_PROBLEMS
                                && !(Files.isRegularFile(file)
                                        && digest(file).equals(image.file().sha256()))) {
                            problems.add("expected " + image.file().path() + " as its record says, found "
                                    + (Files.exists(file) ? "another file" : "none"));
                        }
                    });
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }
}
