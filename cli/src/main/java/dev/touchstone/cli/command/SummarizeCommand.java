package dev.touchstone.cli.command;

import dev.touchstone.cli.Interruption;
import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sum up a run per cohort in evaluation.json. */
@Command(
        name = "summarize",
        mixinStandardHelpOptions = true,
        description = "Sum up a run per cohort in evaluation.json.")
final class SummarizeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    Path run;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress()) {
            Pipeline pipeline = new Pipeline(Project.here(), progress, interruption.signal());
            RunFolder folder = RunFolder.open(run);
            pipeline.summarize(folder, pipeline.manifest(folder));
            System.out.println("evaluation: " + folder.path().resolve("evaluation.json"));
        }
        return 0;
    }
}
