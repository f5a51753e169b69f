package dev.touchstone.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Third-party data that lies beside a checkout and is not part of it; tests that need it skip where it is absent. */
public final class SharedData {

    private SharedData() {}

    /** A file under {@code shared/data}, in the checkout or up to two folders above it. */
    public static Path require(String name) {
        Path folder = Path.of(System.getProperty("touchstone.home", ".")).toAbsolutePath();
        for (int level = 0; level < 3 && folder != null; level++, folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        Assumptions.abort("shared/data/" + name + " is not here");
        throw new AssertionError();
    }
}
