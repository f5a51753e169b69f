package dev.touchstone.metrics.image;

/** A file is not a usable image. The message names the file, what was expected and what was found. */
public final class ImageDecodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageDecodeException(String message) {
        super(message);
    }

    ImageDecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
