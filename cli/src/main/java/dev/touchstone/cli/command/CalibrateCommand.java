package dev.touchstone.cli.command;

import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.Calibration;
import dev.touchstone.eval.gate.Calibration.Binding;
import dev.touchstone.eval.gate.Calibration.Modes;
import dev.touchstone.eval.gate.Calibration.Noise;
import dev.touchstone.eval.gate.CalibrationStage;
import dev.touchstone.eval.gate.CalibrationStore;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much runs of the same thing differ. */
@Command(
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the noise between five or more runs of the same thing, per metric and cohort.",
            "A policy that names the file refuses margins inside it."
        })
final class CalibrateCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Run folders of the same model, engine, machine and prompts.")
    List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the calibration goes (default: calibration.json).")
    Path out = Path.of("calibration.json");

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        if (runs.size() < Calibration.FEWEST_RUNS) {
            throw new CommandException(
                    ExitCode.INVALID_INPUT,
                    "calibrate: expected at least " + Calibration.FEWEST_RUNS + " runs, found " + runs.size());
        }
        List<RunFolder> folders = runs.stream().map(RunFolder::open).toList();
        Binding binding = CalibrationStage.binding(folders.get(0).header());
        List<String> problems = new ArrayList<>();
        for (RunFolder folder : folders) {
            Binding own = CalibrationStage.binding(folder.header());
            if (!own.equals(binding)) {
                problems.add(folder.path() + ": expected " + binding + ", found " + own);
            }
            if (!folder.header().packs().equals(folders.get(0).header().packs())) {
                problems.add(folder.path() + ": expected the prompt packs of "
                        + folders.get(0).path() + ", found others");
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandException(ExitCode.NOT_COMPARABLE, String.join("\n", problems));
        }
        List<RunSamples> samples = folders.stream().map(RunSamples::read).toList();
        Calibration calibration = CalibrationStage.measure(samples, binding, LocalDate.now(Clock.systemUTC()));
        CalibrationStore.write(calibration, out);
        if (!common.json) {
            Table table = new Table().row("metric", "mean", "deviation", "two runs differ by up to", "");
            for (Noise noise : calibration.noises()) {
                if (noise.cohort().equals(CohortKey.OVERALL)) {
                    table.row(
                            noise.metric(),
                            number(noise.mean()),
                            number(noise.deviation()),
                            number(noise.largestDifference()),
                            noise.modes() == Modes.TWO ? "two groups of runs: advisory only" : "");
                }
            }
            System.out.println(table);
        }
        common.answer("calibration", out);
        return ExitCode.DONE.status();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
