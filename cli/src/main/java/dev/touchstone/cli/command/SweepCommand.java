package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.eval.trial.Sweep;
import dev.touchstone.eval.trial.SweepFiles;
import dev.touchstone.eval.trial.SweepPlan;
import dev.touchstone.eval.trial.SweepResult;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.reports.chart.SweepChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What steps, guidance and precision of the built-in model trade. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = {
            "Draw the same prompts and noises under every setting; quality and seconds of each as tables and charts.",
            "The same command again continues a sweep that was stopped."
        })
final class SweepCommand implements Callable<Integer> {

    @Option(names = "--images", defaultValue = "100", description = "Per setting (default: ${DEFAULT-VALUE}).")
    int images;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "1,2,4,8,16,32,64",
            description = "LPIPS is to the most of them (default: ${DEFAULT-VALUE}).")
    List<Integer> steps;

    @Option(names = "--guidance", split = ",", defaultValue = "1,2,4,7", description = "Default: ${DEFAULT-VALUE}.")
    List<Double> guidance;

    @Option(
            names = "--precision",
            split = ",",
            defaultValue = "fp32,int8",
            description = "LPIPS is to the first of them (default: ${DEFAULT-VALUE}).")
    List<Precision> precisions;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the sweep (default: runs/sweep).")
    Path out = Path.of("runs", "sweep");

    @Mixin
    TrialOptions trial;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Usage.atLeast(spec, "--images", SweepPlan.FEWEST_IMAGES, images);
        TrialOptions.steps(spec, steps);
        TrialOptions.guidance(spec, guidance);
        SweepPlan plan = new SweepPlan(
                images, steps, guidance, precisions.stream().map(Precision::id).toList(), trial.sampler, trial.seed);
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress();
                TouchstoneFeatures network = TouchstoneFeatures.builtin()) {
            SweepResult result = new Sweep(
                            plan,
                            precision -> trial.model(precision(precision)),
                            network,
                            TrialOptions.golden(network, progress),
                            progress,
                            interruption.signal())
                    .run(out);
            progress.finish();
            SweepFiles.write(out, result);
            SweepChart.write(out, result);
            if (common.json) {
                System.out.println(Json.line(SweepFiles.json(result)));
            } else {
                if (!common.quiet) {
                    System.out.println(Files.readString(out.resolve("sweep.md")));
                }
                common.answer("sweep", out);
            }
        }
        return 0;
    }

    private static Precision precision(String id) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
