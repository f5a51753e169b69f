package dev.touchstone.generator.run;

/** So many requests failed one after another that going on would only burn time. */
public final class TooManyFailuresException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooManyFailuresException(String message) {
        super(message);
    }
}
