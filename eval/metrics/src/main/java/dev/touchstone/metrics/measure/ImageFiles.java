package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.metric.MetricException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of a folder: files directly in it whose names end in a known way, whatever the case, in the order of their
 * names. Hidden files and folders in it are left alone.
 */
final class ImageFiles {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff");

    private ImageFiles() {}

    /**
     * The files of a folder, or the one file.
     *
     * @throws MetricException if there is nothing at the path, or no image in the folder
     */
    static List<Path> in(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new MetricException(path + ": expected a folder of images, found nothing at this path");
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> images = files.filter(ImageFiles::isImage)
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
            if (images.isEmpty()) {
                throw new MetricException(
                        path + ": expected images (png, jpg, webp, gif, bmp, tif), found none; folders in"
                                + " it are not searched");
            }
            return images;
        } catch (IOException e) {
            throw new MetricException(path + ": expected a readable folder, found " + e, e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot > 0 && ENDINGS.contains(name.substring(dot + 1)) && Files.isRegularFile(file);
    }
}
