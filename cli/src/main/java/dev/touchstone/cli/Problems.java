package dev.touchstone.cli;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.eval.compare.BaselineException;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.run.RunInterruptedException;
import dev.touchstone.generator.run.TooManyFailuresException;
import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.png.ImageFileException;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import dev.touchstone.metrics.weights.container.WeightsException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
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
        ExitCode code = code(exception);
        if (code == ExitCode.INTERNAL_ERROR) {
            System.err.println("touchstone: an internal error; please report it with the lines below");
            exception.printStackTrace();
        } else {
            String message = exception instanceof IOException io
                    ? IoReason.of(io)
                    : exception instanceof InvalidPathException path
                            ? path.getInput()
                                    + ": expected a file name that this process's encoding holds, found another; "
                                    + FileNameEncoding.advice(System.getProperty("sun.jnu.encoding"))
                            : exception.getMessage();
            System.err.println("touchstone: " + message);
        }
        return code.status();
    }

    /** What a known exception means; anything else is an error of ours. */
    private static ExitCode code(Exception exception) {
        if (exception instanceof BaselineException) {
            return ExitCode.NOT_COMPARABLE;
        }
        if (exception instanceof RunInterruptedException) {
            return Interruption.code().orElse(ExitCode.INTERRUPTED);
        }
        if (exception instanceof TooManyFailuresException || exception instanceof BackendException) {
            return ExitCode.BACKEND_FAILED;
        }
        if (exception instanceof DocumentException
                || exception instanceof DataFileException
                || exception instanceof EngineException
                || exception instanceof FeatureException
                || exception instanceof MetricException
                || exception instanceof WeightsException
                || exception instanceof ImageDecodeException
                || exception instanceof ImageFileException
                || exception instanceof IOException
                || exception instanceof InvalidPathException
                || exception instanceof TensorRuntimeException) {
            return ExitCode.INVALID_INPUT;
        }
        return ExitCode.INTERNAL_ERROR;
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
