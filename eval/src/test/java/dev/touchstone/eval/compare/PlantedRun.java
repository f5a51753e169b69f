package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.ComparedRun.ClockFacts;
import dev.touchstone.eval.compare.RunSamples.ImageCounts;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.generator.run.RunHeader.Digests;
import dev.touchstone.generator.run.RunHeader.Environment;
import dev.touchstone.generator.run.RunHeader.Hardware;
import dev.touchstone.generator.run.RunHeader.Serving;
import dev.touchstone.generator.run.RunHeader.Sources;
import dev.touchstone.generator.run.RunHeader.Touchstone;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A run in memory, of four workflows, whose every fact a test can change before it is made. */
final class PlantedRun {

    /** What a test may make of one image. */
    static final class Image {
        byte status = Pictures.COMPLETE;
        int width = 64;
        int height = 64;
        int madeWidth = 64;
        Optional<String> model = Optional.empty();
        OptionalLong answeredSeed = OptionalLong.empty();
        int steps = 12;
        long seed = 7;
        int candidates = 1;
        String content;
        int grey;
        boolean blank;
    }

    /** Changes images one by one. */
    interface Change {
        void of(int prompt, int index, Image image);
    }

    final SortedMap<String, String> manifest = new TreeMap<>(Map.of(
            "name", "planted",
            "model.id", "pebble",
            "model.version", "2",
            "generation.steps", "12",
            "generation.precision", "fp32",
            "cohorts.axes", "workflow"));
    final SortedMap<String, String> model =
            new TreeMap<>(Map.of("id", "pebble", "version", "2", "weightsDigest", "w", "precision", "fp32"));
    final SortedMap<String, String> scoring =
            new TreeMap<>(Map.of("extractor", "touchstone-1", "weightsDigest", "f", "preprocessing", "area-64"));
    final SortedMap<String, double[]> perPrompt = new TreeMap<>();
    final List<RecordedVote> votes = new ArrayList<>();
    Path folder = Path.of("runs/planted");
    Host host = new Host("an os", "a processor", 2, 1L << 30, "a java");
    ClockFacts time = new ClockFacts(1, 1, 1, 0, 1);
    int prompts = 40;
    int from = 0;
    int images = 2;
    Change change = (prompt, index, image) -> {};

    PlantedRun() {
        perPrompt.put("latency.phase.encoding", new double[] {0.01});
        perPrompt.put("latency.phase.sampling", new double[] {1});
        perPrompt.put("latency.phase.decoding", new double[] {0.1});
        perPrompt.put("latency.phase.other", new double[] {0.02});
        perPrompt.put("latency.service", new double[] {1.13});
        perPrompt.put("latency.end-to-end", new double[] {1.13});
        perPrompt.put("work.steps", new double[] {24});
        perPrompt.put("latency.step", new double[] {1.0 / 24});
        perPrompt.put("cost.request", new double[] {0.001});
    }

    static String id(int prompt) {
        return String.format(Locale.ROOT, "p-%03d", prompt);
    }

    ComparedRun make() {
        SortedMap<String, SortedMap<CohortAxis, String>> labels = new TreeMap<>();
        for (int p = from; p < prompts; p++) {
            labels.put(id(p), new TreeMap<>(Map.of(CohortAxis.WORKFLOW, "w" + p % 4)));
        }
        PromptSet set = PromptSet.of(labels);
        int n = set.size();
        Pictures pictures = new Pictures();
        ImageCounts counts = new ImageCounts(new int[n], new int[n], new int[n], new int[n], new int[n]);
        for (int p = 0; p < n; p++) {
            for (int i = 0; i < images; i++) {
                Image image = new Image();
                image.content = id(from + p) + "." + i;
                image.grey = 20 * i + p;
                change.of(from + p, i, image);
                boolean complete = image.status == Pictures.COMPLETE;
                pictures.add(new Pictures.Entry(
                        p,
                        i,
                        image.status,
                        image.width,
                        image.height,
                        image.steps,
                        image.seed,
                        1,
                        complete ? image.candidates : 0,
                        100,
                        complete ? sha(image.content) : "",
                        complete ? fingerprint(image) : "",
                        new Pictures.Made(
                                ImageFormat.PNG,
                                image.madeWidth,
                                image.height,
                                image.model,
                                image.answeredSeed,
                                OptionalInt.empty())));
                int[] of = switch (image.status) {
                    case Pictures.COMPLETE -> counts.complete();
                    case Pictures.FAILED -> counts.failed();
                    case Pictures.MODERATED -> counts.moderated();
                    default -> counts.missing();
                };
                of[p]++;
            }
        }
        SortedMap<String, Samples> measures = new TreeMap<>();
        perPrompt.forEach((id, values) -> {
            PromptValues.Builder builder = new PromptValues.Builder();
            for (int p = 0; p < n; p++) {
                builder.add(p, 0, values[p % values.length]);
            }
            measures.put(id, new Samples(new Measure(id, "s", Optional.empty()), builder.build(n)));
        });
        RunId run = RunId.of("planted", sha(manifest.toString()));
        return new ComparedRun(
                new RunFolder(folder),
                new RunHeader(
                        run,
                        "planted",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        new Digests(sha(manifest.toString()), sha("manifest")),
                        new Touchstone("0.1.0", "unknown", Sources.CLEAN),
                        model,
                        host,
                        new Environment(
                                new Hardware("cpu", 3.6, "USD"), new Serving("in-process", "none", "workspace")),
                        List.of(),
                        Optional.empty()),
                new GeneratedRecord(
                        run, n, new GeneratedRecord.Counts(n * images, 0, 0, 0), new TreeMap<>(), sha("images")),
                new ManifestValues(manifest),
                scoring,
                new RunSamples(run.value(), set, List.of(List.of(CohortAxis.WORKFLOW)), counts, measures),
                new TreeMap<>(),
                pictures,
                votes,
                time);
    }

    static String sha(String content) {
        return Sha256.of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String fingerprint(Image image) {
        StringBuilder hex = new StringBuilder();
        for (int k = 0; k < Pictures.FINGERPRINT_BYTES; k++) {
            int value = image.blank ? 128 : (image.grey + 3 * k) % 256;
            hex.append(String.format(Locale.ROOT, "%02x", value));
        }
        return hex.toString();
    }
}
