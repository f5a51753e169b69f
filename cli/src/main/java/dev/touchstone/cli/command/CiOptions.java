package dev.touchstone.cli.command;

import dev.touchstone.eval.gate.Decision;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.reports.ci.DecisionMarkdown;
import dev.touchstone.reports.ci.GithubAnnotations;
import dev.touchstone.reports.ci.JunitXml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * What a gate leaves for a CI system: files that are asked for, and under GitHub Actions the step's summary, its outputs and
 * annotations.
 */
final class CiOptions {

    /** Below GitHub's 1,024 KiB for a step, which other commands of the step share. */
    private static final int SUMMARY_BYTES = 500_000;

    @Option(names = "--junit", paramLabel = "FILE", description = "The decision as JUnit XML.")
    Path junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "The decision as Markdown, for a pull request.")
    Path markdown;

    /** Checks before the long work that the files can be written. */
    void check() {
        for (Path file : new Path[] {junit, markdown}) {
            Path folder = file == null ? null : file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new DataFileException(file + ": expected a folder to write it to, found none at " + folder);
            }
        }
    }

    /** @param policy where annotations are anchored */
    void write(Decision decision, Path policy) {
        write(junit, JunitXml.of(decision));
        write(markdown, DecisionMarkdown.of(decision, DecisionMarkdown.COMMENT_BYTES));
        Map<String, String> environment = System.getenv();
        append(environment.get("GITHUB_STEP_SUMMARY"), DecisionMarkdown.of(decision, SUMMARY_BYTES));
        append(environment.get("GITHUB_OUTPUT"), DecisionMarkdown.outputs(decision));
        if ("true".equals(environment.get("GITHUB_ACTIONS"))) {
            GithubAnnotations.of(decision, policy.toString().replace('\\', '/')).forEach(System.err::println);
        }
    }

    /** A gate that could not decide is an error in every file, never a file that is not there. */
    void broken(RuntimeException problem) {
        String message = String.valueOf(problem.getMessage());
        write(junit, JunitXml.broken(message));
        write(markdown, DecisionMarkdown.broken(message));
        append(System.getenv("GITHUB_STEP_SUMMARY"), DecisionMarkdown.broken(message));
    }

    private static void write(Path file, String text) {
        if (file != null) {
            try {
                AtomicFile.write(file, text);
            } catch (IOException e) {
                throw new DataFileException(file + ": expected to write it, found " + IoReason.of(e), e);
            }
        }
    }

    private static void append(String file, String text) {
        if (file != null && !file.isEmpty()) {
            try {
                Files.writeString(
                        Path.of(file),
                        text,
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new DataFileException(file + ": expected to add to it, found " + IoReason.of(e), e);
            }
        }
    }
}
