package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.model.ComponentProfile;
import dev.touchstone.generator.model.PebbleProfile;
import dev.touchstone.generator.model.PebbleProfiler;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeSelection;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.Runtimes;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The built-in model. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "The built-in model, pebble.",
        subcommands = {ModelCommand.Profile.class, SweepCommand.class, AdherenceCommand.class})
final class ModelCommand extends CommandGroup {

    /** What its networks cost. */
    @Command(
            name = "profile",
            mixinStandardHelpOptions = true,
            description = "Measure what each of pebble's networks costs here.")
    static final class Profile implements Callable<Integer> {

        @Option(names = "--runtime", defaultValue = Runtimes.AUTO, description = "Default: the fastest that works.")
        String runtime;

        @Option(names = "--precision", defaultValue = "fp32", description = "fp32 or int8 (default: ${DEFAULT-VALUE}).")
        Precision precision;

        @Option(
                names = "--size",
                paramLabel = "WxH",
                defaultValue = "64x64",
                converter = Size.Converter.class,
                description = "Of the images (default: ${DEFAULT-VALUE}).")
        Size size;

        @Option(names = "--batch", defaultValue = "8", description = "Images at once (default: ${DEFAULT-VALUE}).")
        int batch;

        @Option(
                names = "--repeats",
                defaultValue = "15",
                description = "The median counts (default: ${DEFAULT-VALUE}).")
        int repeats;

        @Option(names = "--threads", description = "Threads (default: one per core).")
        int threads = Runtime.getRuntime().availableProcessors();

        @Spec
        CommandSpec spec;

        @Mixin
        CommonOptions common;

        @Override
        public Integer call() {
            Usage.atLeast(spec, "--batch", 1, batch);
            Usage.atLeast(spec, "--repeats", 1, repeats);
            Usage.atLeast(spec, "--threads", 1, threads);
            Usage.require(
                    spec,
                    size.widthPixels() % 16 == 0
                            && size.heightPixels() % 16 == 0
                            && size.widthPixels() <= 512
                            && size.heightPixels() <= 512,
                    "--size: expected sides that are multiples of 16, at most 512, found " + size.widthPixels() + "x"
                            + size.heightPixels());
            RuntimeSelection selection = Runtimes.installed().select(runtime, precision);
            if (common.verbose) {
                common.tell(selection.reason());
            }
            PebbleProfile profile = new PebbleProfiler(
                            selection.provider(), new RuntimeSettings(threads, precision), repeats)
                    .shipped(size.widthPixels(), size.heightPixels(), batch);
            if (common.json) {
                System.out.println(Json.line(json(profile)));
            } else {
                print(profile);
            }
            return 0;
        }

        private static ObjectNode json(PebbleProfile profile) {
            ObjectNode answer = Json.object()
                    .put("runtime", profile.runtime())
                    .put("precision", profile.precision())
                    .put("threads", profile.threads())
                    .put("widthPixels", profile.widthPixels())
                    .put("heightPixels", profile.heightPixels())
                    .put("batch", profile.batch())
                    .put("attainableGigaflops", profile.attainableGigaflops());
            ArrayNode components = answer.putArray("components");
            for (ComponentProfile component : profile.components()) {
                components
                        .addObject()
                        .put("component", component.component())
                        .put("parameters", component.parameters())
                        .put("weightBytes", component.weightBytes())
                        .put("residentBytes", component.residentBytes())
                        .put("unit", component.unit())
                        .put("flopsPerUnit", component.flopsPerUnit())
                        .put("unitsPerSecond", component.unitsPerSecond())
                        .put("gigaflopsPerSecond", component.gigaflopsPerSecond())
                        .put("shareOfAttainable", component.shareOfAttainable());
            }
            return answer;
        }

        private static void print(PebbleProfile profile) {
            System.out.printf(
                    Locale.ROOT,
                    "pebble, %s, %s, %d threads, batches of %d at %dx%d; attainable %.1f GFLOP/s%n",
                    profile.runtime(),
                    profile.precision(),
                    profile.threads(),
                    profile.batch(),
                    profile.widthPixels(),
                    profile.heightPixels(),
                    profile.attainableGigaflops());
            Table table = new Table()
                    .row(
                            "COMPONENT",
                            "PARAMETERS",
                            "MB FILE",
                            "MB LOADED",
                            "MFLOP",
                            "A SECOND",
                            "GFLOP/S",
                            "ATTAINED",
                            "PER");
            for (ComponentProfile component : profile.components()) {
                table.row(
                        component.component(),
                        String.format(Locale.ROOT, "%,d", component.parameters()),
                        String.format(Locale.ROOT, "%.2f", component.weightBytes() / 1e6),
                        String.format(Locale.ROOT, "%.2f", component.residentBytes() / 1e6),
                        String.format(Locale.ROOT, "%.2f", component.flopsPerUnit() / 1e6),
                        String.format(Locale.ROOT, "%.1f", component.unitsPerSecond()),
                        String.format(Locale.ROOT, "%.1f", component.gigaflopsPerSecond()),
                        String.format(Locale.ROOT, "%.0f %%", 100 * component.shareOfAttainable()),
                        component.unit());
            }
            System.out.println(table);
        }
    }
}
