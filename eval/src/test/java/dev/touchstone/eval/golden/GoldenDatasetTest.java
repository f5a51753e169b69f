package dev.touchstone.eval.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.eval.golden.GoldenEdit.EditFiles;
import dev.touchstone.eval.golden.GoldenLibrary.State;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.EditSpec;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptPackReader;
import dev.touchstone.generator.prompt.ResolutionClass;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.EditPair;
import dev.touchstone.generator.scene.EditPairSampler;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenDatasetTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));

    @TempDir
    Path folder;

    private Path dataset() {
        return folder.resolve("builtin/1");
    }

    private GoldenDataset build() throws IOException {
        return new GoldenBuilder(1, 3, 4).build(dataset(), GoldenProgress.SILENT);
    }

    private List<String> verify() throws IOException {
        return GoldenVerifier.verify(dataset(), GoldenProgress.SILENT).stream()
                .map(Problem::toString)
                .map(line -> line.replace(dataset() + "/", ""))
                .toList();
    }

    @Test
    void theBuiltInWorldIsBuiltWholeAndVerifies() throws IOException {
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());

        GoldenDataset dataset = new GoldenBuilder(1, 3, 4).build(dataset(), (done, total) -> heard.add(total));

        assertThat(verify()).isEmpty();
        assertThat(heard).hasSize(3 * 5 + 4).containsOnly(3 * 5 + 4);
        assertThat(dataset.images()).hasSize(15);
        assertThat(dataset.header().images()).isEqualTo(15);
        assertThat(dataset.header().licence()).isEqualTo("CC0-1.0");
        assertThat(dataset.images("marketing-assets")).hasSize(3);
        assertThat(dataset.edits()).hasSize(4).containsKeys("edit-0001", "edit-0004");
        try (Stream<Path> beside = Files.list(folder.resolve("builtin"))) {
            assertThat(beside).containsExactly(dataset());
        }
    }

    @Test
    void anImageShowsTheSceneThatItsLabelTells() throws IOException {
        GoldenDataset dataset = build();
        GoldenImage image = dataset.images("failure-probes").get(2);

        Scene scene = SceneSampler.sample(1, Split.GOLDEN, Workflow.FAILURE_PROBES, 2);
        assertThat(image.attributes()).isEqualTo(scene.values());
        assertThat(image.caption()).isEqualTo(Caption.of(scene, Phrasing.full()));
        assertThat(image.scene()).isEqualTo("1/golden/failure-probes/2");
        assertThat(PngFile.read(dataset.file(image)).rgb())
                .isEqualTo(RgbImage.of(SceneRenderer.render(scene, 64, 64)).rgb());
        assertThat(dataset.digest(image)).isEqualTo(Sha256.of(dataset.file(image)));
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        String digest = build().header().digest();

        assertThat(new GoldenBuilder(1, 3, 4)
                        .build(folder.resolve("again/1"), GoldenProgress.SILENT)
                        .header()
                        .digest())
                .isEqualTo(digest);
        assertThat(new GoldenBuilder(2, 3, 4)
                        .build(folder.resolve("other/1"), GoldenProgress.SILENT)
                        .header()
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void editsDifferFromTheirTargetsOnlyUnderTheMask() throws IOException {
        GoldenDataset dataset = build();
        for (String pair : dataset.edits().keySet()) {
            for (ResolutionClass size : ResolutionClass.builtin()) {
                EditFiles files = dataset.editFiles(pair, size.widthPixels(), size.heightPixels())
                        .orElseThrow();
                RgbImage input = PngFile.read(files.input());
                RgbImage mask = PngFile.read(files.mask());
                RgbImage target = PngFile.read(files.target());
                assertThat(input.heightPixels()).isEqualTo(size.heightPixels());
                int masked = 0;
                int changed = 0;
                for (int i = 0; i < mask.rgb().length; i++) {
                    assertThat(mask.rgb()[i] & 0xff).as(pair).isIn(0, 255);
                    masked += mask.rgb()[i] == 0 ? 0 : 1;
                    changed += input.rgb()[i] == target.rgb()[i] ? 0 : 1;
                    if (mask.rgb()[i] == 0) {
                        assertThat(input.rgb()[i]).as(pair + " at " + i).isEqualTo(target.rgb()[i]);
                    }
                }
                assertThat(masked).as(pair).isBetween(1, mask.rgb().length - 1);
                assertThat(changed).as(pair).isPositive();
            }
        }
        assertThat(dataset.editFiles("edit-0001", 128, 128)).isEmpty();
        assertThat(dataset.editFiles("edit-9999", 64, 64)).isEmpty();
    }

    @Test
    void anInpaintingHidesItsAnswer() throws IOException {
        GoldenDataset dataset = build();
        assertThat(dataset.edits().get("edit-0004").kind()).isEqualTo("inpaint");
        EditFiles files = dataset.editFiles("edit-0004", 64, 64).orElseThrow();
        RgbImage input = PngFile.read(files.input());
        RgbImage mask = PngFile.read(files.mask());
        for (int i = 0; i < mask.rgb().length; i++) {
            if (mask.rgb()[i] != 0) {
                assertThat(input.rgb()[i]).isEqualTo((byte) 128);
            }
        }
    }

    /** The shipped edit pack and the shipped dataset are two halves. */
    @Test
    void everyShippedEditPromptAsksForWhatItsPairShows() {
        Map<String, EditPair> pairs = new HashMap<>();
        for (int index = 0; index < GoldenBuilder.BUILTIN_EDITS; index++) {
            pairs.put(
                    GoldenBuilder.pairName(index),
                    EditPairSampler.sample(GoldenBuilder.BUILTIN_SEED, Split.GOLDEN, index));
        }
        for (Prompt prompt : PromptPackReader.read(HOME.resolve("prompt-packs"), "edit-workflows", 1)
                .prompts()) {
            EditSpec edit = prompt.edit().orElseThrow();
            EditPair pair = pairs.get(edit.pair());
            assertThat(pair).as(edit.pair()).isNotNull();
            assertThat(pair.instruction()).as(prompt.id().value()).isEqualTo(edit.instruction());
            assertThat(pair.after().values().entrySet())
                    .as(prompt.id().value())
                    .containsAll(prompt.asks().entrySet());
            assertThat(pair.after().values()).containsEntry(Attribute.STYLE, prompt.label(CohortAxis.STYLE_FAMILY));
        }
    }

    @Test
    void everyMissingTruncatedChangedAndExtraFileIsListedAtOnce() throws IOException {
        build();
        Path images = dataset().resolve("images/portrait-realism");
        Files.delete(images.resolve("00000.png"));
        byte[] png = Files.readAllBytes(images.resolve("00001.png"));
        Files.write(images.resolve("00001.png"), Arrays.copyOf(png, png.length / 2));
        String released = Sha256.of(images.resolve("00002.png"));
        Files.copy(
                dataset().resolve("images/stylised-art/00000.png"),
                images.resolve("00002.png"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(dataset().resolve("notes.txt"), "mine");
        Files.createSymbolicLink(images.resolve("link.png"), images.resolve("00002.png"));

        List<String> problems = verify();

        assertThat(problems).hasSize(5);
        assertThat(problems.get(0))
                .isEqualTo("images/portrait-realism/00000.png: expected a file of the dataset, found none");
        assertThat(problems.get(1))
                .startsWith("images/portrait-realism/00001.png: expected SHA-256 ")
                .contains("found a damaged image (expected a whole PNG file, found one that is truncated at byte "
                        + png.length / 2);
        assertThat(problems.get(2))
                .isEqualTo("images/portrait-realism/00002.png: expected SHA-256 " + released + ", found "
                        + Sha256.of(images.resolve("00002.png")) + "; the file was changed");
        assertThat(problems.get(3))
                .isEqualTo("images/portrait-realism/link.png: expected only files of the dataset, found an extra one");
        assertThat(problems.get(4)).isEqualTo("notes.txt: expected only files of the dataset, found an extra one");
    }

    @Test
    void changedListsAreRefusedOnOpening() throws IOException {
        build();
        Path labels = dataset().resolve("labels.jsonl");
        Files.writeString(labels, Files.readString(labels).replaceFirst("\"large\"|\"medium\"", "\"small\""));

        assertThatThrownBy(() -> GoldenDataset.open(dataset()))
                .isInstanceOf(GoldenException.class)
                .hasMessage(labels + ": expected the file that files.sha256 lists, found another");

        Path list = dataset().resolve("files.sha256");
        Files.writeString(list, Files.readString(list) + "0".repeat(64) + "  ../../secrets\n");
        assertThatThrownBy(() -> GoldenDataset.open(dataset()))
                .hasMessageContaining("dataset.yaml: digest: expected ")
                .hasMessageContaining(list + ":" + Files.readAllLines(list).size()
                        + ": expected a SHA-256, two spaces and a path inside the dataset, found another line");
    }

    @Test
    void aFileIsHeldToItsReleasedDigest() throws IOException {
        GoldenDataset dataset = build();
        Path input = dataset.editFiles("edit-0001", 64, 64).orElseThrow().input();
        dataset.requireUnchanged(input);

        PngFile.write(input, PngFile.read(dataset.file(dataset.images().get(0))));

        assertThatThrownBy(() -> dataset.requireUnchanged(input))
                .isInstanceOf(GoldenException.class)
                .hasMessageStartingWith(input + ": expected SHA-256 ")
                .hasMessageEndingWith("; the file was changed");
    }

    @Test
    void aDescriptionPinsWhatIsBuilt() throws IOException {
        DatasetHeader released = build().header();
        Path pinned = folder.resolve("pinned/1");
        Files.createDirectories(pinned);
        Files.copy(dataset().resolve("dataset.yaml"), pinned.resolve("dataset.yaml"));
        assertThat(new GoldenLibrary(folder).list())
                .extracting(GoldenLibrary.Listed::state)
                .containsExactly(State.BUILT, State.NOT_BUILT);
        assertThatThrownBy(() -> GoldenDataset.open(pinned)).hasMessageContaining("expected a dataset that is built");

        // An interrupted build left a part behind.
        Files.createDirectories(pinned.resolve("images"));
        Files.writeString(pinned.resolve("images/half.png"), "half");
        assertThatThrownBy(() -> new GoldenBuilder(2, 3, 4).build(pinned, GoldenProgress.SILENT))
                .isInstanceOf(GoldenException.class)
                .hasMessageContaining("expected a build with the released digest " + released.digest() + ", found ");
        assertThat(GoldenDataset.isBuilt(pinned)).isFalse();

        GoldenDataset built = new GoldenBuilder(1, 3, 4).build(pinned, GoldenProgress.SILENT);

        assertThat(built.header()).isEqualTo(released);
        assertThat(GoldenVerifier.verify(pinned, GoldenProgress.SILENT)).isEmpty();
    }

    /**
     * A part of what the shipped description pins, since the whole takes half a minute. Built with OpenJDK 17 and Temurin 25,
     * which draw the same bytes. If pictures change on purpose, build the whole anew and change both digests.
     */
    @Test
    void theShippedDatasetIsWhatThisVersionDraws() throws IOException {
        assertThat(new GoldenBuilder(GoldenBuilder.BUILTIN_SEED, 16, 8)
                        .build(dataset(), GoldenProgress.SILENT)
                        .header()
                        .digest())
                .isEqualTo("0f096926e708bea50d5a93cc6c6c02c36d257a8c2c0e04f75d8b022c6f4722b6");
    }

    @Test
    void theShippedDescriptionNamesTheBuiltInDataset() throws IOException {
        GoldenLibrary shipped = new GoldenLibrary(HOME.resolve("golden-datasets"));

        assertThat(shipped.list())
                .extracting(listed -> listed.header().release())
                .contains("builtin/1");
        DatasetHeader header = shipped.list().get(0).header();
        assertThat(header.digest()).isEqualTo("c579acf1349668075a8f2ce823fa7636fb145c41ac009b389dfd0ca468c980e7");
        assertThat(header.images()).isEqualTo(5 * 1_024);
        assertThat(header.preprocessing().size()).isEqualTo("64x64");
    }

    @Test
    void twoBuildersTakeTurns() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread second;
        try (BuildLock first = new BuildLock(folder)) {
            assertThat(first.isHeld()).isTrue();
            second = new Thread(() -> {
                try (BuildLock lock = new BuildLock(folder)) {
                    order.add("second " + lock.isHeld());
                } catch (IOException e) {
                    order.add(e.toString());
                }
            });
            second.start();
            second.join(100);
            order.add("first done");
        }
        second.join();
        assertThat(order).containsExactly("first done", "second true");
    }

    @Test
    void anUnknownDatasetNamesTheNearestOne() {
        assertThatThrownBy(() -> new GoldenLibrary(folder).open("bultin", 1, GoldenProgress.SILENT))
                .isInstanceOf(GoldenException.class)
                .hasMessage(folder + ": expected one of the golden datasets builtin/1, found \"bultin/1\"; did you mean"
                        + " \"builtin/1\"?");
        assertThatThrownBy(() -> new GoldenLibrary(folder).folder("../x", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
