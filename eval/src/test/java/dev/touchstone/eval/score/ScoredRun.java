package dev.touchstone.eval.score;

import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.EditReference;
import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small real run of the built-in world, drawn instead of generated: prompts of two workflows, then two edits; the picture of index 1
 * shows another scene than its prompt asks for.
 */
final class ScoredRun {

    private static final long SEED = 5;
    private static final int SIDE = 64;
    private static final List<Workflow> WORKFLOWS = List.of(Workflow.PORTRAIT_REALISM, Workflow.MARKETING_ASSETS);

    private ScoredRun() {}

    static RunFolder make(Path runs, GoldenDataset golden, int prompts, int images) {
        List<PlannedRequest> requests = new ArrayList<>();
        for (int i = 0; i < prompts; i++) {
            requests.add(request(id(i), scene(i), images, Optional.empty(), golden));
        }
        for (int i = 0; i < 2; i++) {
            requests.add(request(
                    id(prompts + i),
                    scene(prompts + i),
                    images,
                    Optional.of(new EditSpec(EditSpec.EditMode.INPAINT, "edit-000" + (i + 1), "change it")),
                    golden));
        }
        return SampleRun.make(
                runs,
                requests,
                file -> bytes(golden.folder().resolve(file.path())),
                (id, index) -> drawn(Integer.parseInt(id.value().substring(2)), index));
    }

    static PromptId id(int i) {
        return new PromptId(String.format(Locale.ROOT, "p-%03d", i));
    }

    private static Scene scene(int i) {
        return SceneSampler.sample(SEED, Split.PROMPT, WORKFLOWS.get(i % WORKFLOWS.size()), i);
    }

    private static RgbImage drawn(int i, int index) {
        return RgbImage.of(SceneRenderer.render(scene(i + 100 * index), SIDE, SIDE));
    }

    private static PlannedRequest request(
            PromptId id, Scene scene, int images, Optional<EditSpec> edit, GoldenDataset golden) {
        Phrasing phrasing = Phrasing.sampled(new CounterRandom(SEED, "phrasing", id.hashCode()));
        SortedMap<Attribute, String> asks = Caption.asks(scene, phrasing);
        Prompt prompt = new Prompt(
                id,
                Caption.of(scene, phrasing),
                "",
                new TreeMap<>(Map.of(
                        CohortAxis.WORKFLOW,
                        edit.isPresent() ? "edit-workflows" : scene.workflow().id(),
                        CohortAxis.STYLE_FAMILY,
                        scene.value(Attribute.STYLE).orElse("shaded"),
                        CohortAxis.RESOLUTION_CLASS,
                        "square-64",
                        CohortAxis.USER_TYPE,
                        "creator")),
                Prompt.Rotation.STABLE,
                asks,
                edit);
        return new PlannedRequest(
                prompt,
                "sample/1",
                SIDE,
                SIDE,
                images,
                7,
                new SamplingSettings(Sampler.EULER, 2, 1),
                edit.map(one -> reference(
                        golden, golden.editFiles(one.pair(), SIDE, SIDE).orElseThrow())));
    }

    private static EditReference reference(GoldenDataset golden, EditFiles files) {
        return new EditReference(
                EditSpec.EditMode.INPAINT, file(golden, files.input()), file(golden, files.mask()), 1, "change it");
    }

    private static FileReference file(GoldenDataset golden, Path file) {
        return new FileReference(golden.folder().relativize(file).toString(), golden.digest(file));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
