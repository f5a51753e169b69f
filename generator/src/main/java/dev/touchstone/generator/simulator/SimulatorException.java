package dev.touchstone.generator.simulator;

/** A simulator cannot run here. */
public final class SimulatorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SimulatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
