package dev.touchstone.cli.command;

import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.engine.EngineException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Score the pictures of a run again: metrics against prompts and golden dataset. */
@Command(name = "score", description = "Score the pictures of a run again: metrics against prompts and golden dataset.")
final class ScoreCommand extends StageCommand {

    ScoreCommand() {
        super("scores");
    }

    @Override
    Path stage(Pipeline pipeline, RunFolder folder) {
        pipeline.score(folder, pipeline.manifest(folder)).ifPresent(refusal -> {
            throw new EngineException("numbers are missing in " + ScoreFile.path(folder) + ": " + refusal);
        });
        return ScoreFile.path(folder);
    }
}
