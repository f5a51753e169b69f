package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.Interruption;
import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.trial.AdherenceTrial;
import dev.touchstone.eval.trial.PackAdherence;
import dev.touchstone.eval.trial.PackAdherence.Found;
import dev.touchstone.eval.trial.TrialPrompt;
import dev.touchstone.eval.trial.TrialSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.reports.chart.ContactSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What the built-in model gets right, by default of combinations that it never saw. */
@Command(
        name = "adherence",
        mixinStandardHelpOptions = true,
        description = "Draw prompts and count per pack which asked attributes the feature network finds.")
final class AdherenceCommand implements Callable<Integer> {

    @Option(
            names = "--images",
            defaultValue = "500",
            description = "Per pack, one a prompt (default: ${DEFAULT-VALUE}).")
    int images;

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            converter = WorkflowConverter.class,
            description = "One of the packs' names; may be repeated (default: all).")
    List<Workflow> packs = new ArrayList<>();

    @Option(
            names = "--prompts",
            defaultValue = "held-out",
            converter = KindConverter.class,
            description = {
                "held-out: combinations that training never saw; natural: all, as the packs have them",
                "(default: ${DEFAULT-VALUE})."
            })
    TrialPrompt.Kind kind;

    @Option(
            names = "--sheets",
            paramLabel = "DIR",
            description =
                    "Write a contact sheet per pack, the first " + PackAdherence.SAMPLES + " pictures as they came.")
    Path sheets;

    @Option(names = "--steps", defaultValue = "12", description = "Default: ${DEFAULT-VALUE}, as the quickstart.")
    int steps;

    @Option(names = "--guidance", defaultValue = "2.5", description = "Default: ${DEFAULT-VALUE}, as the quickstart.")
    double guidance;

    @Option(names = "--precision", defaultValue = "fp32", description = "fp32 or int8 (default: ${DEFAULT-VALUE}).")
    Precision precision;

    @Mixin
    TrialOptions trial;

    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** The names of {@link TrialPrompt.Kind} on the command line. */
    static final class KindConverter implements ITypeConverter<TrialPrompt.Kind> {
        @Override
        public TrialPrompt.Kind convert(String value) {
            return switch (value) {
                case "held-out" -> TrialPrompt.Kind.HELD_OUT;
                case "natural" -> TrialPrompt.Kind.NATURAL;
                default -> throw new TypeConversionException("expected held-out or natural, found " + value);
            };
        }
    }

    @Override
    public Integer call() throws IOException {
        Usage.atLeast(spec, "--images", 2, images);
        TrialOptions.steps(spec, List.of(steps));
        TrialOptions.guidance(spec, List.of(guidance));
        TrialSettings settings = new TrialSettings(
                new SamplingSettings(trial.sampler, steps, guidance), trial.seed, TrialSettings.SIDE_PIXELS);
        List<Workflow> wanted = packs.isEmpty()
                ? List.of(Workflow.values())
                : packs.stream().distinct().toList();
        if (sheets != null) {
            Files.createDirectories(sheets);
        }
        Interruption interruption = Interruption.watch();
        try (ProgressBar progress = common.progress();
                TouchstoneFeatures network = TouchstoneFeatures.builtin();
                ImageBackend model = trial.model(precision)) {
            AdherenceTrial drawing = new AdherenceTrial(
                    model, network, TrialOptions.golden(network, progress), settings, progress, interruption.signal());
            List<PackAdherence> answers = new ArrayList<>();
            for (Workflow workflow : wanted) {
                PackAdherence answer = drawing.run(workflow, kind, images);
                progress.finish();
                if (sheets != null) {
                    ContactSheet.write(sheets.resolve(answer.pack() + ".png"), answer.samples());
                }
                answers.add(answer);
                if (!common.json) {
                    System.out.println(text(answer, kindName(), network.name()));
                }
            }
            if (common.json) {
                System.out.println(Json.line(json(answers, kindName(), model.identity(), network, settings)));
            }
        }
        return 0;
    }

    private String kindName() {
        return kind == TrialPrompt.Kind.HELD_OUT ? "held-out" : "natural";
    }

    private static String text(PackAdherence answer, String kind, String network) {
        Table table = new Table().row("ATTRIBUTE", "ASKED", "FOUND", "SHARE", "95 %", "AS DRAWN");
        answer.attributes().forEach((attribute, found) -> {
            Interval interval = found.interval();
            table.row(
                    attribute.id(),
                    Integer.toString(found.asked()),
                    Integer.toString(found.found()),
                    percent(found.share()),
                    percent(interval.lower()) + " to " + percent(interval.upper()),
                    percent(found.shareAsDrawn()));
        });
        PackAdherence.Distance fid = answer.fid();
        return String.format(
                Locale.ROOT,
                "%s, %d %s prompts, an image each, %.3f s an image%n%s%n"
                        + "fid[%s] %.2f to %d golden pictures; perfect drawings of these prompts %.2f; golden against golden %.2f"
                        + " (95 %% of draws below %.2f), n = %d%n",
                answer.pack(),
                answer.images(),
                kind,
                answer.secondsPerImage(),
                table,
                network,
                fid.value(),
                fid.referenceN(),
                fid.asDrawn(),
                fid.floor(),
                fid.floorHigh(),
                fid.floorN());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static ObjectNode json(
            List<PackAdherence> answers,
            String kind,
            SortedMap<String, String> identity,
            TouchstoneFeatures network,
            TrialSettings settings) {
        ObjectNode json = Json.object();
        ObjectNode model = json.putObject("model");
        identity.forEach(model::put);
        json.put("prompts", kind).put("features", network.name()).put("weightsDigest", network.weightsDigest());
        json.putObject("settings")
                .put("sampler", settings.sampling().sampler().orElseThrow())
                .put("steps", settings.sampling().steps().orElseThrow())
                .put("guidance", settings.sampling().guidance().orElseThrow())
                .put("seed", settings.seed())
                .put("sidePixels", settings.side());
        ArrayNode packs = json.putArray("packs");
        answers.forEach(answer -> packs.add(json(answer)));
        return json;
    }

    private static ObjectNode json(PackAdherence answer) {
        ObjectNode json = Json.object()
                .put("pack", answer.pack())
                .put("images", answer.images())
                .put("secondsPerImage", answer.secondsPerImage());
        ObjectNode attributes = json.putObject("attributes");
        answer.attributes().forEach((attribute, found) -> attributes.set(attribute.id(), json(found)));
        PackAdherence.Distance fid = answer.fid();
        json.putObject("fid")
                .put("value", fid.value())
                .put("asDrawn", fid.asDrawn())
                .put("floor", fid.floor())
                .put("floorHigh", fid.floorHigh())
                .put("floorN", fid.floorN())
                .put("referenceN", fid.referenceN());
        return json;
    }

    private static ObjectNode json(Found found) {
        return Json.object()
                .put("asked", found.asked())
                .put("found", found.found())
                .put("share", found.share())
                .put("low", found.interval().lower())
                .put("high", found.interval().upper())
                .put("shareAsDrawn", found.shareAsDrawn());
    }
}
