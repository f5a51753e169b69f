package dev.touchstone.cli;

import dev.touchstone.cli.command.TouchstoneCommand;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.exit.Interruption;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;
import picocli.CommandLine;

/** Entry point of the {@code touchstone} command. */
public final class Main {

    private Main() {}

    /** Runs a command and exits with its status; a status other than 0 is explained on the last line of stderr. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        Interruption.install();
        int status = FileNameEncoding.problem(arguments).map(Main::refuse).orElseGet(() -> run(arguments));
        System.out.flush();
        Interruption.leave();
        System.exit(status);
    }

    private static int refuse(String problem) {
        System.err.println("touchstone: " + problem);
        System.err.println(ExitCode.INVALID_INPUT.lastLine());
        return ExitCode.INVALID_INPUT.status();
    }

    /** The command as it reads its arguments. */
    static CommandLine commandLine() {
        return new CommandLine(new TouchstoneCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs a command in this JVM and returns its exit status. */
    static int run(String... arguments) {
        CommandLine command = commandLine();
        command.setExecutionExceptionHandler(new Problems());
        command.setParameterExceptionHandler(Problems::usage);
        int status = command.execute(arguments);
        if (status != ExitCode.DONE.status()) {
            System.err.println(ExitCode.of(status).lastLine());
        }
        return status;
    }
}
