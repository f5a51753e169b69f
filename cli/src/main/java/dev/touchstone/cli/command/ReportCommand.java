package dev.touchstone.cli.command;

import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Write the report of a run. */
@Command(name = "report", description = "Write the report of a run.")
final class ReportCommand extends StageCommand {

    ReportCommand() {
        super("report");
    }

    @Override
    Path stage(Pipeline pipeline, RunFolder folder) {
        return pipeline.report(folder);
    }
}
