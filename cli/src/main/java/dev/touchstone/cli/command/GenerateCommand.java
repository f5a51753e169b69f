package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The first stage alone. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Make the pictures of a manifest, or those that a run folder still lacks.")
final class GenerateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST-or-RUN", description = "A manifest, or the folder of a run that was begun.")
    Path subject;

    @Option(names = "--runs", paramLabel = "DIR", description = "Folder of run folders (default: runs).")
    Path runs;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Project project = Project.here();
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress()) {
            Pipeline pipeline = new Pipeline(project, progress, interruption.signal());
            RunFolder folder;
            if (Files.isDirectory(subject)) {
                RunFolder begun = RunFolder.open(subject);
                folder = pipeline.generate(
                        begun.manifestFile(), subject.toAbsolutePath().getParent());
            } else {
                folder = pipeline.generate(subject, runs == null ? project.runs() : runs);
            }
            progress.finish();
            common.answer("run", folder.path());
        }
        return 0;
    }
}
