package dev.touchstone.reports.section;

import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.reports.format.ReportStage;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a report for the eye: {@code ReportOnDisk FOLDER [RUN]}. */
final class ReportOnDisk {

    private static final int PER_WORKFLOW = 24;

    private ReportOnDisk() {}

    public static void main(String[] args) throws IOException {
        RunFolder run = args.length > 1
                ? RunFolder.open(Path.of(args[1]))
                : new SceneRun(PER_WORKFLOW).make(Path.of(args[0]), SceneRun.Review.SCORED_AND_LABELLED);
        System.out.println(new ReportStage(run, Progress.NONE).run());
    }
}
