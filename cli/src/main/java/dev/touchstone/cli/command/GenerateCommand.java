package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.generator.manifest.ManifestSource;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which run of a manifest, from 1: the same requests once more, in a folder of their own.")
    int repeat;

    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Usage.require(
                spec, repeat >= 1 && repeat <= 999_999, "--repeat: expected a number in [1, 999999], found " + repeat);
        Project project = Project.here();
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress()) {
            Pipeline pipeline = new Pipeline(project, progress, interruption.signal());
            RunFolder folder;
            if (Files.isDirectory(subject)) {
                RunFolder begun = RunFolder.open(subject);
                ManifestSource source = project.source(begun);
                folder = pipeline.generate(
                        source,
                        pipeline.manifest(source),
                        subject.toAbsolutePath().getParent(),
                        begun.header().runId().repeat());
            } else {
                ManifestSource source = project.source(subject);
                folder = pipeline.generate(
                        source, pipeline.manifest(source), runs == null ? project.runs() : runs, repeat);
            }
            progress.finish();
            common.answer("run", folder.path());
        }
        return 0;
    }
}
