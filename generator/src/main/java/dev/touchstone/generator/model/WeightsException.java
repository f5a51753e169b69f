package dev.touchstone.generator.model;

/** A weights file is not what it should be; the message names the file, the place, what was expected and found. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
