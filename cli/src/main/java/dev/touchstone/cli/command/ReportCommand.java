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

/** Write the report of a run. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Write the report of a run.")
final class ReportCommand implements Callable<Integer> {

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
            System.out.println("report: " + pipeline.report(folder));
        }
        return 0;
    }
}
