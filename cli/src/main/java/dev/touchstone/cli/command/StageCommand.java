package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.pipeline.Pipeline;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One stage on a run folder that is already there. */
@Command(mixinStandardHelpOptions = true)
abstract class StageCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The run folder.")
    Path run;

    @Mixin
    CommonOptions common;

    private final String resultName;

    /** @param resultName what the result is called in the answer */
    StageCommand(String resultName) {
        this.resultName = resultName;
    }

    @Override
    public final Integer call() {
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress()) {
            Path result = stage(new Pipeline(Project.here(), progress, interruption.signal()), RunFolder.open(run));
            progress.finish();
            common.answer(resultName, result);
        }
        return 0;
    }

    /** Does the stage and returns where its result is. */
    abstract Path stage(Pipeline pipeline, RunFolder folder);
}
