package dev.touchstone.metrics.engine;

/** A native engine computes what cannot be, on this machine: no number of it is believed. The message says what to do. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
