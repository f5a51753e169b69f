package dev.touchstone.metrics.runtime;

/** A runtime could not load, build or run a network; the message says which, why, and what to use instead. */
public final class TensorRuntimeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TensorRuntimeException(String message) {
        super(message);
    }

    public TensorRuntimeException(String message, Throwable cause) {
        super(message, cause);
    }
}
