package dev.touchstone.eval.compare;

/** A baseline is missing, was moved or damaged, or a run cannot become one. A missing baseline is never a pass. */
public final class BaselineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BaselineException(String message) {
        super(message);
    }
}
