package dev.touchstone.generator.backend;

/** A back end could not make what it was asked for; the message says which, why, and what may help. */
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BackendException(String message) {
        super(message);
    }

    public BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
