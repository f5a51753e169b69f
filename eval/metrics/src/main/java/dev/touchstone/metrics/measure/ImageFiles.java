package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.image.ImageFolder;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.metric.MetricException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The images of a side: those directly in a folder, in the order of their names, or the one file.
 *
 * @param leftOut what of the folder is no image
 */
record ImageFiles(List<Path> files, List<LeftOut> leftOut) {

    ImageFiles {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Lists a side.
     *
     * @throws MetricException if there is nothing at the path, no image in the folder, or a name that cannot be read
     */
    static ImageFiles in(Path path) {
        if (Files.isRegularFile(path)) {
            return new ImageFiles(List.of(path), List.of());
        }
        if (!Files.isDirectory(path)) {
            throw new MetricException(path + ": expected a folder of images, found nothing at this path");
        }
        try {
            ImageFolder folder = ImageFolder.list(path, ImageFolder.Depth.FLAT);
            if (!folder.illegible().isEmpty()) {
                throw new MetricException(path + ": expected names that can be told apart, found "
                        + FileNames.illegible(folder.illegible()));
            }
            if (folder.images().isEmpty()) {
                throw new MetricException(path
                        + ": expected images (png, jpg, webp, gif, bmp, tif), found none; folders in it are not searched"
                        + folder.leftOut().stream()
                                .map(left -> "\n  " + left.sentence())
                                .reduce("", String::concat));
            }
            return new ImageFiles(folder.images(), folder.leftOut());
        } catch (IOException e) {
            throw new MetricException(path + ": expected a readable folder, found " + e, e);
        }
    }
}
