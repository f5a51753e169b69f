package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.ImageRequest.EditInput;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;

/**
 * What an edit starts from, by name and digest: plain enough to be sent elsewhere, exact enough to be the same there.
 *
 * @param mode how the input is used
 * @param input the picture to edit, a PNG of the request's size
 * @param mask white where pixels may change, a PNG of the request's size
 * @param strength share of the way from the input to pure noise at which sampling starts, in (0, 1]
 * @param instruction what a person would ask for
 */
public record EditReference(
        EditMode mode, FileReference input, FileReference mask, double strength, String instruction) {

    /**
     * A file of released data.
     *
     * @param path below the root that {@link InputFiles} knows, with {@code /}
     * @param sha256 of its bytes
     */
    public record FileReference(String path, String sha256) {

        /** @throws IllegalArgumentException if the path leaves its root or the digest is none */
        public FileReference {
            if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || ("/" + path + "/").contains("/../")) {
                throw new IllegalArgumentException("file: expected a path below its root, found \"" + path + "\"");
            }
            if (!Sha256.isDigest(sha256)) {
                throw new IllegalArgumentException("file " + path + ": expected a SHA-256, found \"" + sha256 + "\"");
            }
        }
    }

    /** Where the bytes of references are read. */
    @FunctionalInterface
    public interface InputFiles {

        /** Has no files. */
        InputFiles NONE = file -> {
            throw new DataFileException(
                    file.path() + ": expected an input of an edit, found no folder to read it from");
        };

        /**
         * The bytes of a file, whatever they are.
         *
         * @throws DataFileException if it cannot be read
         */
        byte[] read(FileReference file);
    }

    /**
     * Reads input and mask.
     *
     * @throws DataFileException if a file cannot be read, or holds other bytes than the reference says
     */
    EditInput load(InputFiles files) {
        return new EditInput(mode, picture(files, input), picture(files, mask), strength, instruction);
    }

    private static RgbImage picture(InputFiles files, FileReference file) {
        byte[] bytes = files.read(file);
        String found = Sha256.of(bytes);
        if (!found.equals(file.sha256())) {
            throw new DataFileException(file.path() + ": expected digest " + file.sha256() + ", found " + found
                    + ". The file was changed after it was released; build or download the dataset again.");
        }
        return PngFile.decode(file.path(), bytes);
    }
}
