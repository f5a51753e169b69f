package dev.touchstone.metrics.feature;

/** A feature network, its training folder or its cache that cannot be used as asked; the message says what to do. */
public final class FeatureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FeatureException(String message) {
        super(message);
    }

    public FeatureException(String message, Throwable cause) {
        super(message, cause);
    }
}
