package dev.touchstone.metrics.file;

/** A file or folder cannot be used; the message says which, what was expected, what was found and what may help. */
public class DataFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DataFileException(String message) {
        super(message);
    }

    public DataFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
