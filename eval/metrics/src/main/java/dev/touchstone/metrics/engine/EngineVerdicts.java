package dev.touchstone.metrics.engine;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.CacheFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Verdicts of earlier processes, one file per engine. Only a pass is kept, and it holds for the same check, library version, processor
 * and environment variables that choose a kernel; anything else is checked anew.
 */
public final class EngineVerdicts {

    /** Rises when a check changes, so that a pass of an older one counts no more. */
    static final int CHECKS = 1;

    private final Supplier<Path> folder;
    private final Processor processor;
    private final Map<String, String> environment;

    EngineVerdicts(Supplier<Path> folder, Processor processor, Map<String, String> environment) {
        this.folder = folder;
        this.processor = processor;
        this.environment = environment;
    }

    /** Of this machine and user. */
    public static EngineVerdicts here() {
        return new EngineVerdicts(EngineVerdicts::cache, Processor.here(), System.getenv());
    }

    /** That keeps nothing: every process checks. */
    public static EngineVerdicts unkept() {
        return new EngineVerdicts(
                () -> {
                    throw new UncheckedIOException(new IOException("no cache"));
                },
                Processor.here(),
                System.getenv());
    }

    private static Path cache() {
        try {
            return CacheFolder.of("engines");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a check finds. */
    public interface Check {
        /** Loads the library, and names the kernel that it chose. */
        String kernel();

        /** One sentence per fault. */
        List<String> faults();
    }

    /**
     * The verdict of an earlier process, or of a check that is made now.
     *
     * @param version of the library
     * @param setting what else chooses its code, as a device or a level of optimization
     */
    public EngineVerdict of(Engine engine, String version, String setting, Check check) {
        String key = key(engine, version, setting);
        Optional<EngineVerdict> earlier = read(engine, version, key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        String kernel = check.kernel();
        long start = System.nanoTime();
        List<String> faults = check.faults();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        EngineVerdict verdict = new EngineVerdict(engine, version, kernel, faults, Optional.of(took));
        if (verdict.passed()) {
            write(verdict, key);
        }
        return verdict;
    }

    private String key(Engine engine, String version, String setting) {
        StringBuilder key = new StringBuilder("checks " + CHECKS + "; version " + version + "; setting " + setting
                + "; processor " + processor.model() + "; features " + String.join(" ", processor.features()));
        engine.variables()
                .forEach(name -> key.append("; ").append(name).append(' ').append(environment.getOrDefault(name, "")));
        return key.toString().replace('\n', ' ');
    }

    /** A file holds the key on one line and the kernel on the next. */
    private Optional<EngineVerdict> read(Engine engine, String version, String key) {
        try {
            Path file = file(engine);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 2 && lines.get(0).equals(key)
                    ? Optional.of(new EngineVerdict(engine, version, lines.get(1), List.of(), Optional.empty()))
                    : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // a cache that cannot be read is no cache: the check is made
        }
    }

    private void write(EngineVerdict verdict, String key) {
        try {
            String pass = key + "\n" + verdict.kernel() + "\n";
            AtomicFile.write(file(verdict.engine()), pass.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | UncheckedIOException e) {
            return; // the next process checks again
        }
    }

    private Path file(Engine engine) {
        return folder.get().resolve(engine.id() + ".pass");
    }
}
