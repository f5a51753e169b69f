package dev.touchstone.reports.section;

import dev.touchstone.eval.cohort.Resampling;
import dev.touchstone.eval.cohort.SummarizeStage;
import dev.touchstone.eval.cohort.SummarySettings;
import dev.touchstone.eval.cost.PriceBook;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.label.LabelStage;
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
import dev.touchstone.generator.run.GenerateStage;
import dev.touchstone.generator.run.GenerationPlan;
import dev.touchstone.generator.run.Host;
import dev.touchstone.generator.run.ImageCheck;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.adherence.AdherenceMetric;
import dev.touchstone.metrics.metric.fid.FidMetric;
import dev.touchstone.metrics.metric.kid.KidMetric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A run of all five workflows, made by the real stages: a back end that renders the scene of each prompt, some of them with
 * another attribute than asked, on a clock that only it moves; scores and votes that follow from what it drew.
 */
public final class SceneRun {

    /** The text of the second prompt; a stranger wrote it. */
    public static final String HOSTILE = "a \"cat\" <script>alert(1)</script> & 'dog' \u202Egnp.exe\u202C";

    private static final byte[] MANIFEST = "name: scenes\n".getBytes(StandardCharsets.UTF_8);
    private static final String GENERATION = Sha256.of(MANIFEST);
    private static final String NETWORK = "touchstone-1";
    private static final int SIDE = 64;
    private static final int SEED = 11;
    private static final long MICRO = 1_000;

    private final int perWorkflow;

    /** @param perWorkflow prompts of each workflow, two pictures each */
    public SceneRun(int perWorkflow) {
        this.perWorkflow = perWorkflow;
    }

    /** What is done with the pictures. */
    public enum Review {
        SCORED_AND_LABELLED,
        NEITHER
    }

    public RunFolder make(Path runs, Review review) throws IOException {
        Path folder = runs.resolve(RunId.of("scenes", GENERATION).value());
        List<PlannedRequest> requests = new ArrayList<>();
        for (int i = 0; i < 5 * perWorkflow; i++) {
            requests.add(request(i));
        }
        GenerationPlan plan =
                new GenerationPlan(folder, header(), MANIFEST, requests, new GenerationPlan.Shape(2, 1, "fp32", 50));
        Clock clock = new Clock();
        new GenerateStage(
                        Progress.NONE,
                        new StopSignal(),
                        ImageCheck.SIZE,
                        clock,
                        () -> Instant.parse("2026-01-02T03:04:05Z"),
                        dev.touchstone.generator.run.HostMeter.NONE)
                .run(plan, begunWith -> {
                    clock.now += 640_000 * MICRO;
                    return new Painter(this, clock);
                });
        RunFolder run = RunFolder.open(folder);
        if (review == Review.SCORED_AND_LABELLED) {
            score(run);
            label(run);
        }
        List<List<CohortAxis>> axes =
                Arrays.stream(CohortAxis.values()).map(List::of).toList();
        new SummarizeStage(run)
                .run(new SummarySettings(new PriceBook(0.096, 0, "USD"), axes, new Resampling(SEED, 200, 0.95)));
        return run;
    }

    private PlannedRequest request(int i) {
        Scene scene = scene(i);
        Phrasing phrasing = Phrasing.sampled(new CounterRandom(SEED, "phrasing", i));
        SortedMap<Attribute, String> asks = i == 1 ? new TreeMap<>() : Caption.asks(scene, phrasing);
        Prompt prompt = new Prompt(
                id(i),
                i == 1 ? HOSTILE : Caption.of(scene, phrasing),
                "",
                new TreeMap<>(Map.of(
                        CohortAxis.WORKFLOW, scene.workflow().id(),
                        CohortAxis.STYLE_FAMILY,
                                List.of("photographic", "flat", "painterly").get(i % 3),
                        CohortAxis.RESOLUTION_CLASS, "square-64",
                        CohortAxis.USER_TYPE,
                                List.of("creator", "marketer", "agency", "developer")
                                        .get(i % 4))),
                Prompt.Rotation.STABLE,
                asks,
                Optional.empty());
        return new PlannedRequest(
                prompt,
                scene.workflow().id() + "/1",
                SIDE,
                SIDE,
                2,
                SEED,
                new SamplingSettings(Sampler.HEUN, 12, 3),
                Optional.empty());
    }

    private static PromptId id(int i) {
        return new PromptId(String.format(Locale.ROOT, "p-%03d", i));
    }

    private Scene scene(int i) {
        return SceneSampler.sample(SEED, Split.PROMPT, Workflow.values()[i / perWorkflow], i);
    }

    /** What the painter draws: the later the workflow, the more often another colour or place than asked. */
    private Scene drawn(int i, int index) {
        Scene scene = scene(i);
        SplittableRandom random = new SplittableRandom(31L * i + index);
        for (Attribute attribute : List.of(Attribute.GROUND, Attribute.COLOUR, Attribute.SIZE, Attribute.STYLE)) {
            if (scene.value(attribute).isPresent() && random.nextDouble() < 0.06 * (1 + i / perWorkflow)) {
                List<String> choices = attribute.choices();
                scene = scene.with(attribute, choices.get(random.nextInt(choices.size())));
            }
        }
        return scene;
    }

    private static boolean fails(int i) {
        return i % 37 == 17;
    }

    /** Scores of what was drawn: adherence by image, KID and FID of the run and of each workflow. */
    private void score(RunFolder run) {
        List<ScoreLine> lines = new ArrayList<>();
        for (int i = 0; i < 5 * perWorkflow; i++) {
            SortedMap<Attribute, String> asks = request(i).prompt().asks();
            for (int index = 0; index < 2 && !fails(i); index++) {
                lines.add(adherence(new ImageId(id(i), index), asks, drawn(i, index)));
            }
        }
        set(lines, CohortKey.OVERALL, 0.0121, 38.2);
        for (Workflow workflow : Workflow.values()) {
            set(
                    lines,
                    CohortKey.of(CohortAxis.WORKFLOW, workflow.id()),
                    0.008 + 0.004 * workflow.ordinal(),
                    51.0 + workflow.ordinal());
        }
        ScoreHeader header = new ScoreHeader(
                run.header().runId(),
                run.imagesDigest(),
                new ScoreHeader.Network(NETWORK, Sha256.of(new byte[] {4}), "area-64"),
                new ScoreHeader.Golden("builtin/1", Sha256.of(new byte[] {2})),
                List.of("fid", "kid", "adherence"),
                List.of("workflow"),
                ScoreHeader.METHOD);
        new ScoreFile(header, lines).write(run);
    }

    private static ScoreLine adherence(ImageId image, SortedMap<Attribute, String> asks, Scene drawn) {
        SortedMap<String, Double> detail = new TreeMap<>();
        SortedMap<String, String> seen = new TreeMap<>();
        asks.forEach((attribute, asked) -> {
            detail.put(attribute.id(), shows(drawn, attribute, asked) ? 1.0 : 0.0);
            if (!shows(drawn, attribute, asked)) {
                seen.put(attribute.id(), drawn.value(attribute).orElse("none"));
            }
        });
        Metric metric = new AdherenceMetric();
        Figure figure = asks.isEmpty()
                ? Figure.Unscored.because("the prompt names no attribute", 0)
                : new Figure.Known(
                        found(asks, drawn) / (double) asks.size(),
                        metric.unit(),
                        Optional.of(metric.direction()),
                        asks.size(),
                        Optional.empty(),
                        "share of asked attributes");
        return line(new Subject.OfImage(image), metric, figure, detail, seen);
    }

    private static void set(List<ScoreLine> lines, CohortKey cohort, double kid, double fid) {
        Subject subject = new Subject.OfCohort(cohort);
        lines.add(distance(
                subject,
                new KidMetric(),
                kid,
                Optional.of(new Interval(kid * 0.6, kid * 1.5, 0.95)),
                "unbiased, jackknife",
                Map.of("floor", 0.0001, "floorHigh", 0.0031, "floorN", 48.0)));
        lines.add(distance(
                subject,
                new FidMetric(),
                fid,
                Optional.empty(),
                "nuclear norm",
                Map.of("floor", 29.5, "floorHigh", 31.2, "floorN", 48.0)));
    }

    private static ScoreLine distance(
            Subject subject,
            Metric metric,
            double value,
            Optional<Interval> interval,
            String method,
            Map<String, Double> detail) {
        Figure figure = new Figure.Known(value, metric.unit(), Optional.of(metric.direction()), 48, interval, method);
        return line(subject, metric, figure, new TreeMap<>(detail), new TreeMap<>());
    }

    private static ScoreLine line(
            Subject subject,
            Metric metric,
            Figure figure,
            SortedMap<String, Double> detail,
            SortedMap<String, String> seen) {
        return new ScoreLine(
                subject, metric.id(NETWORK), Optional.of(metric.direction()), metric.unit(), figure, detail, seen);
    }

    private static long found(SortedMap<Attribute, String> asks, Scene drawn) {
        return asks.entrySet().stream()
                .filter(ask -> shows(drawn, ask.getKey(), ask.getValue()))
                .count();
    }

    private static boolean shows(Scene scene, Attribute attribute, String value) {
        return scene.value(attribute).equals(Optional.of(value));
    }

    /** One person accepts pictures that show everything; the last workflow nobody looked at. */
    private void label(RunFolder run) throws IOException {
        StringBuilder csv = new StringBuilder("image_id,reviewer,question,value,ts,seconds\n");
        for (int i = 0; i < 4 * perWorkflow; i++) {
            SortedMap<Attribute, String> asks = request(i).prompt().asks();
            for (int index = 0; index < 2 && !fails(i); index++) {
                boolean usable = found(asks, drawn(i, index)) == asks.size();
                csv.append(id(i)).append('.').append(index).append(",maintainer-1,usable,");
                csv.append(usable ? "yes" : "no").append(",2026-01-03T00:00:00Z,2\n");
            }
        }
        Path votes = run.path().resolve("votes.csv");
        Files.writeString(votes, csv);
        new LabelStage(run).run(List.of(votes));
        Files.delete(votes);
    }

    private static RunHeader header() {
        String digest = Sha256.of(new byte[] {2});
        return new RunHeader(
                RunId.of("scenes", GENERATION),
                "scenes",
                Instant.parse("2026-01-02T03:04:05Z"),
                new RunHeader.Digests(GENERATION, Sha256.of(MANIFEST)),
                new RunHeader.Touchstone("0.1.0", "0123456789abcdef0123456789abcdef01234567", RunHeader.Sources.CLEAN),
                new TreeMap<>(),
                new Host("Linux 6.1 amd64", "a processor at 2.5 GHz", 2, 8L << 30, "Debian 17.0.1"),
                new RunHeader.Environment(
                        new RunHeader.Hardware("cpu-2core", 0.096, "USD"),
                        new RunHeader.Serving("in-process", "none", "workspace")),
                Arrays.stream(Workflow.values())
                        .map(workflow -> new RunHeader.DataReference(workflow.id(), 1, digest))
                        .toList(),
                Optional.of(new RunHeader.DataReference("builtin", 1, digest)));
    }

    private static final class Clock implements LongSupplier {

        private long now;

        @Override
        public long getAsLong() {
            return now;
        }
    }

    private record Painter(SceneRun run, Clock clock) implements ImageBackend {

        @Override
        public SortedMap<String, String> identity() {
            return new TreeMap<>(Map.of(
                    "id", "painter",
                    "version", "1",
                    "weightsDigest", Sha256.of(new byte[] {3}),
                    "runtime", "none",
                    "runtimeReason", "it draws without a network"));
        }

        @Override
        public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
            int i = Integer.parseInt(request.promptId().value().substring(2));
            SplittableRandom random = new SplittableRandom(i);
            phases.enter(Phase.ENCODING, 0);
            clock.now += 21_000 * MICRO;
            phases.enter(Phase.SAMPLING, 0);
            double slow = -Math.log(1 - random.nextDouble()) * 0.12 + 0.02 * (i / run.perWorkflow);
            clock.now += (long) ((0.62 + slow) * 1e6) * MICRO;
            if (fails(i)) {
                throw new BackendException("the device ran out of memory at step 7 of 12");
            }
            for (int index : request.imageIndexes()) {
                phases.enter(Phase.DECODING, 0);
                clock.now += (38_000 + random.nextInt(9_000)) * MICRO;
                sink.accept(index, RgbImage.of(SceneRenderer.render(run.drawn(i, index), SIDE, SIDE)));
                clock.now += 9_000 * MICRO;
            }
        }

        @Override
        public void close() {}
    }
}
