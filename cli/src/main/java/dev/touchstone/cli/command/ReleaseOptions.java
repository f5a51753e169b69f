package dev.touchstone.cli.command;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How people name a release that they make, beside its id. The version takes the place of picocli's {@code --version}, so the
 * help option is here, too.
 */
final class ReleaseOptions {

    @Option(names = "--version", required = true, paramLabel = "N", description = "Version, from 1.")
    int version;

    @Option(names = "--title", paramLabel = "TEXT", description = "For people (default: the id).")
    private String title;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** @throws picocli.CommandLine.ParameterException if id and version have another form than a release */
    void check(String id) {
        Usage.atLeast(command, "--version", 1, version);
        Usage.require(
                command,
                id.matches("[a-z0-9-]{1,40}"),
                "--id: expected 1 to 40 of the characters a-z, 0-9 and -, found \"" + id + "\"");
    }

    /** The title, or else the id. */
    String title(String id) {
        return Optional.ofNullable(title).orElse(id);
    }
}
