package dev.touchstone.cli.exit;

/** A command ends with a message for the user and an exit code, without a stack trace. */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ExitCode code;

    public CommandException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The exit code of the process. */
    public ExitCode code() {
        return code;
    }
}
