package dev.touchstone.metrics.metric;

/** A metric, or a file it reads, is not usable as asked. The message is for the user: subject, expected, found, hint. */
public final class MetricException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MetricException(String message) {
        super(message);
    }

    public MetricException(String message, Throwable cause) {
        super(message, cause);
    }
}
