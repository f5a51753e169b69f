package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import dev.touchstone.metrics.file.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * ONNX Runtime's native library, unpacked once per release into the cache folder instead of into a new temporary folder at every start,
 * which a killed process leaves behind. What lies there is used only if it is, by size and checksum, what the jar holds.
 */
final class OnnxLibrary {

    /** System property by which ONNX Runtime is told where its library lies. */
    private static final String LOCATION = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OnnxLibrary() {}

    /**
     * Makes the library ready, unless the user named another.
     *
     * @throws UncheckedIOException if there is no room for it, or the folder cannot be written; the message says where
     */
    static void unpack() {
        if (!System.getProperty(LOCATION, "").isEmpty()) {
            return;
        }
        String platform = platform();
        if (OrtEnvironment.class.getResource("native/" + platform + "/" + file(LIBRARIES.get(0))) == null) {
            return; // a platform that the jar has nothing for: loading will say so
        }
        try {
            String release = String.valueOf(OrtEnvironment.class.getPackage().getImplementationVersion());
            Path folder = null;
            for (String library : LIBRARIES) {
                URL packed = OrtEnvironment.class.getResource("native/" + platform + "/" + file(library));
                ZipEntry entry = ((JarURLConnection) packed.openConnection()).getJarEntry();
                if (folder == null) {
                    folder = CacheFolder.of("onnxruntime-" + release.replaceAll("[^A-Za-z0-9._-]", "") + "-" + platform
                            + "-" + Long.toHexString(entry.getCrc()));
                }
                Path unpacked = folder.resolve(file(library));
                if (!isSame(unpacked, entry)) {
                    unpack(packed, unpacked);
                    if (!isSame(unpacked, entry)) {
                        throw new IOException("expected the library of the jar, found other bytes after unpacking");
                    }
                }
            }
            System.setProperty(LOCATION, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cache folder " + CacheFolder.root() + ": expected room for ONNX Runtime's library (29 MB), found "
                            + e.getMessage() + "; make room, or name another folder with -D" + CacheFolder.PROPERTY
                            + "=DIR in TOUCHSTONE_JAVA_OPTS",
                    e);
        }
    }

    private static void unpack(URL packed, Path target) throws IOException {
        Path part = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
        try {
            try (InputStream in = packed.openStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static boolean isSame(Path file, ZipEntry entry) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) {
            return false;
        }
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
            }
        }
        return sum.getValue() == entry.getCrc();
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String os =
                system.contains("win") && !system.contains("darwin") ? "win" : system.contains("mac") ? "osx" : "linux";
        return os + "-" + (machine.equals("aarch64") || machine.equals("arm64") ? "aarch64" : "x64");
    }

    private static String file(String library) {
        return System.mapLibraryName(library);
    }
}
