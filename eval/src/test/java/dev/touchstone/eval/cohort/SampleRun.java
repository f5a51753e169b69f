package dev.touchstone.eval.cohort;

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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
        GenerationPlan plan =
                new GenerationPlan(folder, header(), MANIFEST, requests, new GenerationPlan.Shape(1, 1, "fp32", 3));
        Clock clock = new Clock();
        new GenerateStage(
                        Progress.NONE,
                        new StopSignal(),
                        ImageCheck.SIZE,
                        clock,
                        () -> Instant.parse("2026-01-02T03:04:05Z"))
                .run(plan, begunWith -> {
                    clock.now += LOADING;
                    return new Painter(clock);
                });
        return RunFolder.open(folder);
    }

    /** {@code p-000}, {@code p-001}, ... */
    public static String prompt(int i) {
        return String.format(Locale.ROOT, "p-%03d", i);
    }

    /** Scores as the score stage writes them: adherence by image, diversity by prompt, FID by workflow. */
    static void score(RunFolder folder, int prompts) throws IOException {
        StringBuilder lines = new StringBuilder("{\"schemaVersion\":1,\"runId\":\""
                + folder.header().runId() + "\",\"imagesDigest\":\"" + folder.imagesDigest()
                + "\",\"extractor\":\"touchstone-1\"}\n");
        for (int i = 0; i < prompts; i++) {
            if (i == 3) {
                continue;
            }
            for (int index = 0; index < 2; index++) {
                double value = (i % 5 + index) / 5.0;
                lines.append("{\"scope\":\"image\",\"id\":\"" + prompt(i) + "." + index
                        + "\",\"metric\":\"adherence[touchstone-1]\",\"status\":\"scored\",\"value\":" + value
                        + ",\"n\":5}\n");
            }
            lines.append("{\"scope\":\"prompt\",\"id\":\"" + prompt(i)
                    + "\",\"metric\":\"lpips-diversity[touchstone-1]\",\"status\":\"scored\",\"value\":0."
                    + (i % 7 + 1) + ",\"n\":2}\n");
        }
        lines.append("{\"scope\":\"cohort\",\"id\":\"overall\",\"metric\":\"fid[touchstone-1]\",\"status\":\"scored\","
                + "\"value\":12.5,\"n\":22,\"detail\":{\"noiseFloor\":3.25}}\n");
        lines.append("{\"scope\":\"cohort\",\"axis\":\"workflow\",\"id\":\"portraits\","
                + "\"metric\":\"fid[touchstone-1]\",\"status\":\"unscored\",\"reason\":\"needs 20 images\"}\n");
        Files.writeString(folder.path().resolve("scores.jsonl"), lines);
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
