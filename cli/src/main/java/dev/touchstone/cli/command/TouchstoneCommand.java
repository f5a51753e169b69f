package dev.touchstone.cli.command;

import dev.touchstone.cli.pipeline.Project;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: says what it is and lists what it can do. */
@Command(
        name = "touchstone",
        mixinStandardHelpOptions = true,
        versionProvider = TouchstoneCommand.Version.class,
        description = "The release gate for image-generation models.",
        subcommands = {
            RunCommand.class,
            GenerateCommand.class,
            ScoreCommand.class,
            SummarizeCommand.class,
            CompareCommand.class,
            BaselineCommand.class,
            ReportCommand.class,
            GateCommand.class,
            CalibrateCommand.class,
            SelfTestCommand.class,
            MeasureCommand.class,
            MetricsCommand.class,
            GoldenCommand.class,
            PacksCommand.class,
            WeightsCommand.class,
            ScenesCommand.class,
            LabelsCommand.class,
            ModelCommand.class,
            FeaturesCommand.class,
            SimulateCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done or passed, 1 internal error, 2 usage or invalid input,",
            "10 gate failed, 11 inconclusive, 12 not comparable or baseline missing,",
            "13 suspect, 20 back end failed, 130 interrupted."
        })
public final class TouchstoneCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** The version that the build wrote. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"touchstone " + Project.version()};
        }
    }
}
