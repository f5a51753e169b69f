package dev.touchstone.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into messages and exit codes: a user's mistake is told without a stack trace, ours with one. */
final class Problems implements CommandLine.IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) {
        if (exception instanceof CommandException known) {
            System.err.println("touchstone: " + known.getMessage());
            return known.code().status();
        }
        System.err.println("touchstone: an internal error; please report it with the lines below");
        exception.printStackTrace();
        return ExitCode.INTERNAL_ERROR.status();
    }

    /** Wrong usage: what was wrong, the nearest valid name, and where help is. */
    static int usage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        System.err.println("touchstone: " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, command.getErr());
        command.getErr().flush();
        System.err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.INVALID_INPUT.status();
    }
}
