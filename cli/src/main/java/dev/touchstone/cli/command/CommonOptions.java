package dev.touchstone.cli.command;

import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command with waiting or answers has. */
final class CommonOptions {

    @Option(names = "--json", description = "Machine-readable answer on standard output, and nothing else there.")
    boolean json;

    @Option(names = "--quiet", description = "No progress and no summary; errors only.")
    boolean quiet;

    @Option(names = "--verbose", description = "More about what is done and why.")
    boolean verbose;

    @Option(names = "--no-progress", description = "No progress bar or lines.")
    boolean noProgress;

    /** The bar on a terminal, plain lines otherwise, nothing where it is not wanted. */
    ProgressBar progress() {
        if (quiet || noProgress) {
            return new ProgressBar(System.err, ProgressBar.Style.NONE);
        }
        boolean terminal = Boolean.getBoolean("touchstone.terminal");
        return new ProgressBar(System.err, terminal ? ProgressBar.Style.BAR : ProgressBar.Style.LINES);
    }

    /** Tells a person something, on standard error, unless they asked for quiet. */
    void tell(String text) {
        if (!quiet) {
            System.err.println(text);
        }
    }

    /** The command's result on standard output: {@code name: path}, or the same as JSON. */
    void answer(String name, Path result) {
        System.out.println(json ? Json.line(Json.object().put(name, result.toString())) : name + ": " + result);
    }
}
