package dev.touchstone.metrics.image.png;

/** A file that is not the image it should be. The message names the file, what was expected and what was found. */
public final class ImageFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ImageFileException(String file, String problem) {
        super(file + ": " + problem);
    }

    ImageFileException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
