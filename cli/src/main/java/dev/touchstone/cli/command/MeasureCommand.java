package dev.touchstone.cli.command;

import dev.touchstone.cli.terminal.ProgressBar;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureSettings;
import dev.touchstone.metrics.measure.MeasureSettings.ClipText;
import dev.touchstone.metrics.measure.MeasureSettings.Execution;
import dev.touchstone.metrics.measure.MeasureSettings.Features;
import dev.touchstone.metrics.measure.MeasureSettings.Sources;
import dev.touchstone.metrics.measure.Measurement;
import dev.touchstone.metrics.measure.MeasurementJson;
import dev.touchstone.metrics.measure.Sides;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.Metrics;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Metrics without a run. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        description = {
            "Measure images without a run, generated first, reference second.",
            "fid, fid-infinity, kid, prdc, cmmd: two folders; for fid also npz files with mu and sigma.",
            "clip-score: a folder and a text file of lines: name of the image without ending, tab, prompt.",
            "is: one folder. lpips, ssim, ms-ssim, psnr: two images, or two folders with the same names."
        })
final class MeasureCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "METRIC",
            converter = MetricConverter.class,
            description = "One of those that touchstone metrics lists for folders, as fid, kid or lpips.")
    Metric metric;

    @Parameters(index = "1", paramLabel = "A", description = "Generated images.")
    Path generated;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "B",
            description = "Reference images, or for clip-score prompts.")
    Path reference;

    @Option(
            names = "--features",
            defaultValue = "builtin",
            converter = FeaturesConverter.class,
            description = "Network of fid, kid, prdc and is: builtin or inception-v3 (default: ${DEFAULT-VALUE}).")
    Features features;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "File of inception-v3 (default: the imported one); for cmmd and clip-score the ONNX file of CLIP's image tower.")
    Path weights;

    @Option(names = "--text-weights", paramLabel = "FILE", description = "For clip-score: CLIP's text tower, ONNX.")
    Path textWeights;

    @Option(
            names = "--vocabulary",
            paramLabel = "FILE",
            description = "For clip-score: CLIP's bpe_simple_vocab_16e6.txt.gz or merges.txt.")
    Path vocabulary;

    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            converter = RecipeConverter.class,
            description = "How images become inception-v3's input: pytorch-fid, torch-fidelity or clean (default:"
                    + " pytorch-fid).")
    Recipe recipe;

    @Option(names = "--dims", defaultValue = "2048", description = "Of inception-v3 for fid: 64, 192, 768 or 2048.")
    int dimensions;

    @Option(names = "--save-stats", paramLabel = "F.npz", description = "For fid: write the reference's mu and sigma.")
    Path saveStatistics;

    @Option(names = "--subsets", defaultValue = "100", description = "For kid (default: ${DEFAULT-VALUE}).")
    int subsets;

    @Option(names = "--subset-size", defaultValue = "1000", description = "For kid (default: ${DEFAULT-VALUE}).")
    int subsetSize;

    @Option(
            names = "--seed",
            defaultValue = "2020",
            description = "For kid and fid-infinity (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--net",
            defaultValue = "builtin",
            description = "For lpips: builtin, alex, vgg or squeeze (default: ${DEFAULT-VALUE}).")
    String net;

    @Option(names = "--backbone-weights", paramLabel = "FILE", description = "For lpips: the network's file.")
    Path backboneWeights;

    @Option(names = "--linear-weights", paramLabel = "FILE", description = "For lpips: the linear layers' file.")
    Path linearWeights;

    @Option(
            names = "--allow-unknown-digest",
            description = "Take weights with the right tensors although nobody published their digest.")
    boolean allowUnknown;

    @Option(names = "--cache", paramLabel = "DIR", description = "Keep features here (default: compute anew).")
    Path cache;

    @Option(names = "--batch", description = "Images that go through a network together.")
    int batch = MeasureSettings.defaults().execution().batch();

    @Option(names = "--threads", description = "Threads (default: one per core).")
    int threads = MeasureSettings.defaults().execution().threads();

    @Spec
    CommandSpec spec;

    @Mixin
    WeightsCommand.Store store;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        check();
        Measurement measurement;
        try (ProgressBar progress = common.progress()) {
            measurement = measure(settings(), progress);
        }
        if (common.json) {
            System.out.println(Json.line(MeasurementJson.of(measurement)));
        } else {
            print(measurement);
        }
        return 0;
    }

    private void check() {
        Usage.atLeast(spec, "--batch", 1, batch);
        Usage.atLeast(spec, "--threads", 1, threads);
        Usage.require(
                spec,
                !Measure.takesReference(metric) || reference != null,
                metric.name() + ": expected two paths, generated and reference, found one");
        Usage.require(
                spec,
                Measure.takesReference(metric) || reference == null,
                metric.name() + ": expected one folder, found two; it needs no reference");
        List<String> idle = MeasureOptions.problems(new MeasureOptions.Asked(
                metric,
                features,
                net,
                isStatistics(generated),
                isStatistics(reference),
                spec.commandLine().getParseResult()));
        Usage.require(spec, idle.isEmpty(), String.join("\n", idle));
        Usage.require(
                spec,
                !reads(Reads.PROMPT_TEXT) || textWeights != null && vocabulary != null,
                metric.name() + ": expected --text-weights and --vocabulary, found one of them missing");
        Usage.require(
                spec,
                List.of(64, 192, 768, 2048).contains(dimensions),
                "--dims: expected 64, 192, 768 or 2048, found " + dimensions);
        Usage.require(
                spec,
                net.equals("builtin") || backbone().isPresent(),
                "--net: expected builtin, alex, vgg or squeeze, found \"" + net + "\"");
        for (Path path : reference == null ? List.of(generated) : List.of(generated, reference)) {
            Usage.require(spec, Files.exists(path), path + ": expected images, found nothing at this path");
        }
    }

    private static boolean isStatistics(Path path) {
        return path != null && Sides.isStatistics(path);
    }

    private boolean reads(Reads what) {
        return metric.reads().contains(what);
    }

    private Optional<PerceptualBackbone> backbone() {
        return Arrays.stream(PerceptualBackbone.values())
                .filter(one -> one.text().equals(net))
                .findFirst();
    }

    private MeasureSettings settings() {
        Optional<Path> file = Optional.ofNullable(weights);
        return new MeasureSettings(
                features,
                reads(Reads.CLIP) ? Optional.empty() : file,
                Optional.ofNullable(recipe).orElse(Recipe.PYTORCH_FID),
                dimensions,
                new SubsetProtocol(subsets, subsetSize, seed),
                backbone(),
                Optional.ofNullable(backboneWeights),
                Optional.ofNullable(linearWeights),
                reads(Reads.CLIP) ? file : Optional.empty(),
                Optional.ofNullable(textWeights).map(weightsFile -> new ClipText(weightsFile, vocabulary)),
                Optional.ofNullable(saveStatistics),
                Optional.ofNullable(cache),
                new Execution(threads, batch),
                new Sources(
                        store.open(),
                        allowUnknown ? DigestPolicy.ALLOW_UNKNOWN : DigestPolicy.PUBLISHED_ONLY,
                        new ImageDecoder()));
    }

    private Measurement measure(MeasureSettings settings, ProgressBar progress) {
        Measure measure = new Measure(settings, (task, done, total) -> progress.report("measure", done, total, task));
        return reference == null
                ? measure.of(metric.name(), generated)
                : measure.of(metric.name(), generated, reference);
    }

    private void print(Measurement measurement) {
        String name = measurement.score().metric().toString();
        if (measurement.score() instanceof Score.Scored scored) {
            System.out.println(name + ": " + scored.value());
            common.tell("  n " + scored.n().generated() + " generated, "
                    + scored.n().reference() + " reference; " + scored.method());
        } else if (measurement.score() instanceof Score.Unscored unscored) {
            System.out.println(name + ": unscored: " + unscored.reason());
        }
        measurement.parts().forEach((part, value) -> System.out.println("  " + part + ": " + value));
        measurement
                .pairs()
                .forEach(pair -> System.out.println("  " + pair.name() + ": "
                        + pair.value().map(value -> Double.toString(value)).orElse("not defined")));
        measurement.unreadable().forEach(image -> System.err.println("touchstone: " + image.reason()));
        measurement.warnings().forEach(warning -> System.err.println("touchstone: " + warning));
    }

    /** Reads a metric's name. */
    static final class MetricConverter implements ITypeConverter<Metric> {
        @Override
        public Metric convert(String text) {
            List<Metric> offered = Metrics.installed().reading(Metrics.OF_FOLDERS);
            List<String> names = offered.stream().map(Metric::name).toList();
            return offered.stream()
                    .filter(metric -> metric.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + String.join(", ", names) + ", found \"" + text + "\""
                                    + NearestName.of(text, names)
                                            .map(near -> "; did you mean \"" + near + "\"?")
                                            .orElse("")));
        }
    }

    /** Reads the name of a network of the set metrics. */
    static final class FeaturesConverter implements ITypeConverter<Features> {
        @Override
        public Features convert(String text) {
            return switch (text) {
                case "builtin" -> Features.BUILTIN;
                case "inception-v3" -> Features.INCEPTION_V3;
                default ->
                    throw new TypeConversionException("expected builtin or inception-v3, found \"" + text + "\"");
            };
        }
    }

    /** Reads a recipe's name. */
    static final class RecipeConverter implements ITypeConverter<Recipe> {
        @Override
        public Recipe convert(String text) {
            try {
                return Recipe.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
