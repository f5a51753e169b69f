package dev.touchstone.metrics.weights.container;

/** A weight file is not usable. The message names the file, what was expected and what was found, all problems at once. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
