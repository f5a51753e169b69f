package dev.touchstone.cli.command;

import dev.touchstone.generator.scene.SceneShards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The built-in world. */
@Command(
        name = "scenes",
        mixinStandardHelpOptions = true,
        description = "The built-in world of rendered scenes.",
        subcommands = ScenesCommand.Render.class)
final class ScenesCommand extends CommandGroup {

    /** Training pictures with captions. */
    @Command(
            name = "render",
            mixinStandardHelpOptions = true,
            description = "Render training scenes with captions and attributes into a folder.")
    static final class Render implements Callable<Integer> {

        @Parameters(paramLabel = "OUT", description = "Folder to write to.")
        Path out;

        @Option(names = "--seed", defaultValue = "1", description = "Which scenes (default: ${DEFAULT-VALUE}).")
        long seed;

        @Option(names = "--count", defaultValue = "1000", description = "How many (default: ${DEFAULT-VALUE}).")
        int count;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "64x64",
                converter = Size.Converter.class,
                description = "Pixels (default: ${DEFAULT-VALUE}).")
        Size size;

        @Option(names = "--threads", description = "Threads (default: one per core).")
        int threads = Runtime.getRuntime().availableProcessors();

        @Spec
        CommandSpec spec;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() throws IOException {
            Usage.atLeast(spec, "--count", 1, count);
            Usage.atLeast(spec, "--threads", 1, threads);
            common.tell("rendering " + count + " scenes");
            SceneShards.write(out, seed, count, size.widthPixels(), size.heightPixels(), SceneShards.MIX, threads);
            System.out.println("scenes: " + out);
            return 0;
        }
    }
}
