package dev.touchstone.cli.command;

import dev.touchstone.cli.pipeline.GoldenSets;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.eval.trial.GoldenFeatures;
import dev.touchstone.eval.trial.TrialSettings;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.manifest.Release;
import dev.touchstone.generator.model.Pebble;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.Runtimes;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of commands that try the built-in model without a run, and what they try it with. */
final class TrialOptions {

    /** The network and the golden set that the numbers are of. */
    private static final Release GOLDEN = new Release("builtin", 1);

    @Option(names = "--runtime", defaultValue = Runtimes.AUTO, description = "Default: the fastest that works.")
    String runtime;

    @Option(names = "--sampler", defaultValue = "heun", description = "euler or heun (default: ${DEFAULT-VALUE}).")
    Sampler sampler;

    @Option(names = "--seed", description = "Draws prompts and noise (default: " + TrialSettings.SEED + ").")
    long seed = TrialSettings.SEED;

    ImageBackend model(Precision precision) {
        return BackendProviders.installed()
                .named(Pebble.MODEL)
                .open(new BackendSettings(
                        new BackendSettings.Model(Pebble.MODEL, String.valueOf(Pebble.VERSION)),
                        runtime,
                        precision.id(),
                        OptionValues.NONE));
    }

    static GoldenFeatures golden(TouchstoneFeatures network, Progress progress) {
        Project project = Project.here();
        return new GoldenFeatures(
                new GoldenSets(project, progress).open(GOLDEN), network, project.goldenFeatures(), progress);
    }

    static void steps(CommandSpec spec, List<Integer> steps) {
        Usage.require(
                spec,
                !steps.isEmpty() && steps.stream().allMatch(count -> count >= 1 && count <= 1_000),
                "--steps: expected whole numbers in [1, 1000], found " + steps);
    }

    static void guidance(CommandSpec spec, List<Double> guidance) {
        Usage.require(
                spec,
                !guidance.isEmpty() && guidance.stream().allMatch(scale -> scale >= 0 && scale <= 100),
                "--guidance: expected numbers in [0, 100], found " + guidance);
    }
}
