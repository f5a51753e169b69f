package dev.touchstone.generator.run;

/** The run was asked to stop and did; the same command goes on where it stopped. */
public final class RunInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RunInterruptedException(String message) {
        super(message);
    }
}
