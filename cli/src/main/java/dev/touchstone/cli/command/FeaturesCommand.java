package dev.touchstone.cli.command;

import dev.touchstone.eval.training.FeatureTrainer;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The built-in feature network. */
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description = "The built-in feature network, touchstone-1.",
        subcommands = {FeaturesCommand.Train.class, FeaturesCommand.Card.class})
final class FeaturesCommand extends CommandGroup {

    /** Trains it anew. */
    @Command(
            name = "train",
            description = {
                "Train the network on rendered scenes; killed at any moment, --resume goes on from the last checkpoint.",
                "--out DIR [--images N] [--seed S] [--batch B] [--threads T] [--held-back H] [--from MODEL] [--resume]"
            })
    static final class Train implements Callable<Integer> {

        /** Options go as they are to the trainer, which knows them. */
        @Unmatched
        List<String> options = new ArrayList<>();

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help message and exit.")
        boolean help;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try {
                FeatureTrainer.train(options.toArray(String[]::new));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
            return 0;
        }
    }

    /** What it is. */
    @Command(
            name = "card",
            mixinStandardHelpOptions = true,
            description = "Print the model card: what the network is, how it came about, how good it is. Always JSON.")
    static final class Card implements Callable<Integer> {

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            System.out.println(TouchstoneFeatures.builtinCard().strip());
            return 0;
        }
    }
}
