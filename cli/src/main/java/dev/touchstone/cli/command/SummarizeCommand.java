package dev.touchstone.cli.command;

import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.eval.result.EvaluationStore;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Sum up a run per cohort in evaluation.json. */
@Command(name = "summarize", description = "Sum up a run per cohort in evaluation.json.")
final class SummarizeCommand extends StageCommand {

    SummarizeCommand() {
        super("evaluation");
    }

    @Override
    Path stage(Pipeline pipeline, RunFolder folder) {
        pipeline.summarize(folder, pipeline.manifest(folder));
        return new EvaluationStore(folder).file();
    }
}
