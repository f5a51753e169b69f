package dev.touchstone.metrics.metric.numpy;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.metric.MetricException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** An npz file: a zip of npy arrays by name. Entries may be stored or deflated; only arrays that are asked for are read. */
public final class NpzFile implements AutoCloseable {

    /** Largest array that is read: a 2048 x 2048 covariance is a hundredth of it. */
    private static final long MAX_VALUES = 1L << 28;

    private final Path file;
    private final ZipFile zip;

    private NpzFile(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** @throws MetricException if the file is missing or no zip */
    public static NpzFile open(Path file) {
        try {
            return new NpzFile(file, new ZipFile(file.toFile()));
        } catch (ZipException e) {
            throw new MetricException(
                    file + ": expected an npz file, found no zip archive (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new MetricException(file + ": expected a readable npz file, found " + e, e);
        }
    }

    /** Names of the arrays, without {@code .npy}, in the order of the file. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            names.add(name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name);
        }
        return names;
    }

    /**
     * The array of this name, if there is one.
     *
     * @throws MetricException if it is damaged, too large or holds objects
     */
    public Optional<NumpyArray> array(String name) {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), 1 << 16)) {
            return Optional.of(NpyFormat.read(in, file + ":" + name, MAX_VALUES));
        } catch (IOException e) {
            throw new MetricException(file + ":" + name + ": expected a whole array, found " + e.getMessage(), e);
        }
    }

    /**
     * The array of this name.
     *
     * @throws MetricException if there is none, naming those that there are
     */
    public NumpyArray require(String name) {
        return array(name)
                .orElseThrow(
                        () -> new MetricException(file + ": expected an array \"" + name + "\", found " + names()));
    }

    /**
     * Writes arrays, deflated, under a temporary name that is then moved; equal arrays give equal bytes.
     *
     * @throws MetricException if the file cannot be written
     */
    public static void write(Path file, Map<String, NumpyArray> arrays) {
        try {
            AtomicFile.write(file.toAbsolutePath(), out -> {
                ZipOutputStream zip = new ZipOutputStream(out);
                zip.setLevel(Deflater.BEST_SPEED);
                for (Map.Entry<String, NumpyArray> array : arrays.entrySet()) {
                    ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                    zip.putNextEntry(entry);
                    NpyFormat.write(zip, array.getValue());
                    zip.closeEntry();
                }
                zip.finish();
            });
        } catch (IOException e) {
            throw new MetricException(file + ": expected a place to write, found " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new MetricException(file + ": could not be closed: " + e, e);
        }
    }
}
