package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.eval.score.ScoreHeader;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.eval.score.Subject;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference.InputFiles;
import dev.touchstone.generator.run.GenerateStage;
import dev.touchstone.generator.run.GenerationPlan;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.HostMeter;
import dev.touchstone.generator.run.ImageCheck;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.generator.run.RunHeader.Digests;
import dev.touchstone.generator.run.RunHeader.Environment;
import dev.touchstone.generator.run.RunHeader.Hardware;
import dev.touchstone.generator.run.RunHeader.Serving;
import dev.touchstone.generator.run.RunHeader.Sources;
import dev.touchstone.generator.run.RunHeader.Touchstone;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.adherence.AdherenceMetric;
import dev.touchstone.metrics.metric.fid.FidMetric;
import dev.touchstone.metrics.metric.lpips.LpipsDiversityMetric;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Makes a small run with the real generate stage, a back end that draws plain colours, and a clock that moves only when the back
 * end says so: encoding 1 ms, sampling 10 ms for each image and 1 ms more with each prompt, decoding 2 ms. Prompt 3 fails.
 */
public final class SampleRun {

    private static final byte[] MANIFEST = "name: sample\n".getBytes(StandardCharsets.UTF_8);
    private static final long MILLI = 1_000_000;
    private static final long LOADING = 500 * MILLI;
    private static final String GENERATION = Sha256.of(new byte[] {1});

    private SampleRun() {}

    /** Two workflows of half the prompts each, two images per prompt; style and user type change from prompt to prompt. */
    public static RunFolder make(Path runs, int prompts) {
        Path folder = runs.resolve(RunId.of("sample", GENERATION).value());
        List<PlannedRequest> requests =
                IntStream.range(0, prompts).mapToObj(i -> request(i, prompts)).toList();
        return make(folder, requests, Painter::new, InputFiles.NONE);
    }

    /** A run of these requests, whose pictures somebody else draws. */
    public static RunFolder make(
            Path runs,
            List<PlannedRequest> requests,
            InputFiles inputs,
            BiFunction<PromptId, Integer, RgbImage> drawn) {
        return make(
                runs.resolve(RunId.of("sample", GENERATION).value()),
                requests,
                clock -> new Artist(clock, drawn),
                inputs);
    }

    private static RunFolder make(
            Path folder, List<PlannedRequest> requests, Function<Clock, ImageBackend> backend, InputFiles inputs) {
        GenerationPlan plan =
                new GenerationPlan(folder, header(), MANIFEST, requests, new GenerationPlan.Shape(1, 1, "fp32", 3));
        Clock clock = new Clock();
        new GenerateStage(
                        Progress.NONE,
                        new StopSignal(),
                        ImageCheck.SIZE,
                        clock,
                        () -> Instant.parse("2026-01-02T03:04:05Z"),
                        HostMeter.NONE)
                .run(
                        plan,
                        begunWith -> {
                            clock.now += LOADING;
                            return backend.apply(clock);
                        },
                        inputs);
        return RunFolder.open(folder);
    }

    /** {@code p-000}, {@code p-001}, ... */
    public static String prompt(int i) {
        return String.format(Locale.ROOT, "p-%03d", i);
    }

    /** Scores: adherence by image, diversity by prompt, FID of the whole run. */
    static void score(RunFolder folder, int prompts) {
        List<ScoreLine> lines = new ArrayList<>();
        for (int i = 0; i < prompts; i++) {
            if (i == 3) {
                continue;
            }
            for (int index = 0; index < 2; index++) {
                lines.add(scored(
                        new Subject.OfImage(new ImageId(new PromptId(prompt(i)), index)),
                        new AdherenceMetric(),
                        (i % 5 + index) / 5.0,
                        5,
                        new TreeMap<>()));
            }
            lines.add(scored(
                    new Subject.OfPrompt(new PromptId(prompt(i))),
                    new LpipsDiversityMetric(),
                    (i % 7 + 1) / 10.0,
                    2,
                    new TreeMap<>()));
        }
        lines.add(scored(
                new Subject.OfCohort(CohortKey.OVERALL),
                new FidMetric(),
                12.5,
                22,
                new TreeMap<>(Map.of("floor", 3.25, "floorHigh", 3.5, "floorN", 22.0))));
        lines.add(new ScoreLine(
                new Subject.OfCohort(CohortKey.of(CohortAxis.WORKFLOW, "portraits")),
                new FidMetric().id("touchstone-1"),
                Optional.of(Direction.LOWER_IS_BETTER),
                "1",
                Figure.Unscored.because("needs 20 images", 0),
                new TreeMap<>(),
                new TreeMap<>()));
        new ScoreFile(scoreHeader(folder, folder.imagesDigest()), lines).write(folder);
    }

    static ScoreHeader scoreHeader(RunFolder folder, String imagesDigest) {
        return new ScoreHeader(
                folder.header().runId(),
                imagesDigest,
                new ScoreHeader.Network("touchstone-1", Sha256.of(new byte[] {4}), "area-64"),
                new ScoreHeader.Golden("builtin/1", Sha256.of(new byte[] {5})),
                List.of("fid", "lpips-diversity", "adherence"),
                List.of("workflow"),
                ScoreHeader.METHOD);
    }

    private static ScoreLine scored(
            Subject subject, Metric metric, double value, long n, SortedMap<String, Double> detail) {
        Optional<Direction> direction = Optional.of(metric.direction());
        return new ScoreLine(
                subject,
                metric.id("touchstone-1"),
                direction,
                metric.unit(),
                new Figure.Known(value, metric.unit(), direction, n, Optional.empty(), "as scored"),
                detail,
                new TreeMap<>());
    }

    private static PlannedRequest request(int i, int prompts) {
        Prompt prompt = new Prompt(
                new PromptId(prompt(i)),
                "a <red> boat, İstanbul " + i,
                "",
                new TreeMap<>(Map.of(
                        CohortAxis.WORKFLOW, i < prompts / 2 ? "portraits" : "probes",
                        CohortAxis.STYLE_FAMILY, i % 3 == 0 ? "flat" : "pixel",
                        CohortAxis.RESOLUTION_CLASS, "square-16",
                        CohortAxis.USER_TYPE, i % 2 == 0 ? "creator" : "agency")),
                Prompt.Rotation.STABLE,
                new TreeMap<>(),
                Optional.empty());
        return new PlannedRequest(
                prompt, "sample/1", 16, 16, 2, 7, new SamplingSettings(Sampler.EULER, 2, 1), Optional.empty());
    }

    private static RunHeader header() {
        return new RunHeader(
                RunId.of("sample", GENERATION),
                "sample",
                Instant.parse("2026-01-02T03:04:05Z"),
                new Digests(GENERATION, Sha256.of(MANIFEST)),
                new Touchstone("0.1.0", "unknown", Sources.DIRTY),
                new TreeMap<>(),
                new Host("an os", "a processor", 2, 8L << 30, "a java"),
                new Environment(new Hardware("cpu", 3.6, "USD"), new Serving("in-process", "none", "workspace")),
                List.of(),
                Optional.empty());
    }

    private static final class Clock implements LongSupplier {

        private long now;

        @Override
        public long getAsLong() {
            return now;
        }
    }

    private record Artist(Clock clock, BiFunction<PromptId, Integer, RgbImage> drawn) implements ImageBackend {

        @Override
        public SortedMap<String, String> identity() {
            return new TreeMap<>(Map.of("id", "artist", "version", "1", "runtime", "none"));
        }

        @Override
        public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
            for (int index : request.imageIndexes()) {
                phases.enter(Phase.SAMPLING, index);
                clock.now += MILLI;
                sink.accept(index, drawn.apply(request.promptId(), index));
            }
        }

        @Override
        public void close() {}
    }

    private record Painter(Clock clock) implements ImageBackend {

        @Override
        public SortedMap<String, String> identity() {
            return new TreeMap<>(Map.of("id", "painter", "version", "1", "runtime", "none"));
        }

        @Override
        public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
            int number = Integer.parseInt(request.promptId().value().substring(2));
            phases.enter(Phase.ENCODING, 0);
            clock.now += MILLI;
            for (int index : request.imageIndexes()) {
                phases.enter(Phase.SAMPLING, index);
                clock.now += (10 + number) * MILLI;
                if (number == 3) {
                    throw new BackendException("painter: out of <paint>");
                }
                phases.enter(Phase.DECODING, index);
                clock.now += 2 * MILLI;
                byte[] rgb = new byte[16 * 16 * 3];
                Arrays.fill(rgb, (byte) (40 * index + number));
                sink.accept(index, new RgbImage(16, 16, rgb));
                clock.now += MILLI / 2;
            }
        }

        @Override
        public void close() {}
    }
}
