package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.RunHeader.DataReference;
import dev.touchstone.generator.run.RunHeader.Digests;
import dev.touchstone.generator.run.RunHeader.Environment;
import dev.touchstone.generator.run.RunHeader.Hardware;
import dev.touchstone.generator.run.RunHeader.Serving;
import dev.touchstone.generator.run.RunHeader.Sources;
import dev.touchstone.generator.run.RunHeader.Touchstone;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Plans for the tests of this room. */
final class Plans {

    static final byte[] MANIFEST = "schema_version: 1\nname: test\n".getBytes(StandardCharsets.UTF_8);
    static final String GENERATION = Sha256.of(new byte[] {1});

    private Plans() {}

    static GenerationPlan of(Path folder, int prompts, int imagesPerPrompt) {
        return of(folder, prompts, imagesPerPrompt, 64, 3);
    }

    static GenerationPlan of(Path folder, int prompts, int imagesPerPrompt, int side, int consecutiveFailures) {
        List<PlannedRequest> requests = IntStream.range(0, prompts)
                .mapToObj(i -> request(String.format(java.util.Locale.ROOT, "pr-%03d", i), imagesPerPrompt, side))
                .toList();
        return new GenerationPlan(
                folder,
                header(GENERATION),
                MANIFEST,
                requests,
                new GenerationPlan.Shape(1, 2, "fp32", consecutiveFailures));
    }

    static PlannedRequest request(String id, int images, int side) {
        return new PlannedRequest(
                prompt(id),
                "portrait-realism/1",
                side,
                side,
                images,
                7,
                new SamplingSettings(Sampler.HEUN, 4, 3.5),
                Optional.empty());
    }

    static Prompt prompt(String id) {
        return new Prompt(
                new PromptId(id),
                "=a \"red\" boat, İstanbul",
                "blur",
                new TreeMap<>(Map.of(
                        CohortAxis.WORKFLOW, "portrait-realism",
                        CohortAxis.STYLE_FAMILY, "shaded",
                        CohortAxis.RESOLUTION_CLASS, "square-64",
                        CohortAxis.USER_TYPE, "creator")),
                Prompt.Rotation.STABLE,
                new TreeMap<>(Map.of(Attribute.SUBJECT, "boat", Attribute.COLOUR, "red")),
                Optional.empty());
    }

    static RunHeader header(String generationDigest) {
        return new RunHeader(
                RunId.of("test", generationDigest),
                "test",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new Digests(generationDigest, Sha256.of(MANIFEST)),
                new Touchstone("0.1.0", "unknown", Sources.DIRTY),
                new TreeMap<>(),
                new Host("Linux 6 amd64", "a processor", 2, 8L << 30, "a vendor 17"),
                new Environment(
                        new Hardware("cpu-2core", 0.096, "USD"), new Serving("in-process", "none", "workspace")),
                List.of(new DataReference("portrait-realism", 1, Sha256.of(new byte[] {2}))),
                Optional.of(new DataReference("builtin", 1, Sha256.of(new byte[] {3}))));
    }
}
