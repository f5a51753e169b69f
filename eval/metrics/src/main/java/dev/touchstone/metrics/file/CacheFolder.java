package dev.touchstone.metrics.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things lie that all checkouts and runs of a user share and that may be deleted at any time: unpacked native libraries, results of
 * their checks. The folder is named by the system property {@value #PROPERTY}, else it is {@code touchstone} in the
 * XDG cache folder.
 */
public final class CacheFolder {

    /** System property that names the folder. */
    public static final String PROPERTY = "touchstone.cache";

    private CacheFolder() {}

    /** The folder; it need not exist. */
    public static Path root() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isEmpty() || !Path.of(xdg).isAbsolute()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(xdg);
        return caches.resolve("touchstone");
    }

    /**
     * A folder in it, made where it is missing.
     *
     * @param name of one level, {@code [A-Za-z0-9._-]+}
     * @throws IOException if it cannot be made, as with a full or read-only disk
     */
    public static Path of(String name) throws IOException {
        if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith(".")) {
            throw new IllegalArgumentException(
                    "cache folder: expected a name of [A-Za-z0-9._-]+, found \"" + name + "\"");
        }
        return Files.createDirectories(root().resolve(name));
    }
}
