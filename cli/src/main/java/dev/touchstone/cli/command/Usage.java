package dev.touchstone.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong use that picocli cannot see by itself. */
final class Usage {

    private Usage() {}

    /** @throws ParameterException with the message, unless it holds */
    static void require(CommandSpec spec, boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** @throws ParameterException if a number is too small */
    static void atLeast(CommandSpec spec, String option, long least, long value) {
        require(spec, value >= least, option + ": expected at least " + least + ", found " + value);
    }

    /** The exception for a command that only has subcommands. */
    static ParameterException noCommand(CommandSpec spec) {
        return new ParameterException(
                spec.commandLine(),
                spec.qualifiedName() + ": expected one of "
                        + String.join(", ", spec.subcommands().keySet()) + ", found none");
    }
}
