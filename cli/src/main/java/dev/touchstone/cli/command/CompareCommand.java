package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.cli.pipeline.Comparisons;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.eval.compare.Comparison;
import dev.touchstone.eval.compare.ComparisonJson;
import dev.touchstone.eval.compare.ComparisonSettings;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two runs beside one another. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "What changed between two finished runs, and what it did: paired differences per cohort.",
            "Ends with 12 where the runs are not comparable and with 13 where a win is suspect."
        })
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "BASE", description = "The run that went before, or the name of a baseline.")
    Path base;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The run that may go out.")
    Path candidate;

    @Option(
            names = "--allow",
            paramLabel = "NAMES",
            split = ",",
            description = "Conditions that may differ beside one another, such as steps,sampler.")
    List<String> allowed = new ArrayList<>();

    @Option(names = "--all", description = "Every difference of every cohort, also those that are open.")
    boolean all;

    @Option(
            names = "--no-pictures",
            description = "Open no picture and no feature: no change at the same seed, no closeness to the golden set.")
    boolean noPictures;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Comparisons comparisons = new Comparisons(Project.here());
        RunFolder before = comparisons.run(base);
        RunFolder after = RunFolder.open(candidate);
        Comparison comparison = (noPictures ? comparisons.ofRecords(before, after) : comparisons.of(before, after))
                .compare(ComparisonSettings.USUAL.allowing(allowed));
        if (common.json) {
            System.out.println(Json.pretty(ComparisonJson.of(comparison)).stripTrailing());
        } else {
            System.out.println(new ComparisonText(comparison, all));
        }
        if (!comparison.conditions().comparable()) {
            return ExitCode.NOT_COMPARABLE.status();
        }
        return comparison.suspect() && comparison.won() ? ExitCode.SUSPECT.status() : ExitCode.DONE.status();
    }
}
