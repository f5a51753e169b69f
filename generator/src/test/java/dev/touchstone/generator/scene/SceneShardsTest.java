package dev.touchstone.generator.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.feature.Attribute;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneShardsTest {

    private static final List<String> FILES = List.of("images.u8", "captions.txt", "attributes.u8", "shard.json");

    @Test
    void theFilesDoNotDependOnTheNumberOfThreads(@TempDir Path folder) throws IOException {
        SceneShards.write(folder.resolve("one"), 5, 600, 16, 20, SceneShards.MIX, 1);
        SceneShards.write(folder.resolve("three"), 5, 600, 16, 20, SceneShards.MIX, 3);
        for (String file : FILES) {
            assertThat(folder.resolve("three").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
        try (var files = Files.list(folder.resolve("one"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(FILES);
        }
    }

    @Test
    void aRowHoldsTheScenesPixelsCaptionAndClasses(@TempDir Path folder) throws IOException {
        int width = 16;
        int height = 20;
        SceneShards.write(folder, 5, 3, width, height, List.of(Workflow.MARKETING_ASSETS), 1);
        Scene scene = SceneSampler.sample(5, Split.TRAINING, Workflow.MARKETING_ASSETS, 2);

        byte[] images = Files.readAllBytes(folder.resolve("images.u8"));
        assertThat(images).hasSize(3 * width * height * 3);
        BufferedImage picture = SceneRenderer.render(scene, width, height);
        int row = 2 * width * height * 3;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = row + (y * width + x) * 3;
                int rgb = (images[at] & 255) << 16 | (images[at + 1] & 255) << 8 | images[at + 2] & 255;
                assertThat(rgb).isEqualTo(picture.getRGB(x, y) & 0xFFFFFF);
            }
        }

        Attribute[] columns = Attribute.values();
        byte[] attributes = Files.readAllBytes(folder.resolve("attributes.u8"));
        assertThat(attributes).hasSize(3 * columns.length);
        for (Attribute column : columns) {
            int found = attributes[2 * columns.length + column.ordinal()] & 255;
            assertThat(found)
                    .as(column.id())
                    .isEqualTo(
                            scene.value(column).map(column.choices()::indexOf).orElse(SceneShards.UNDEFINED));
        }

        List<String> captions = Files.readAllLines(folder.resolve("captions.txt"));
        assertThat(captions).hasSize(3);
        assertThat(scene.values().entrySet())
                .containsAll(Caption.parse(captions.get(2)).entrySet());
    }

    @Test
    void aLongerShardBeginsWithTheShorterOne(@TempDir Path folder) throws IOException {
        SceneShards.write(folder.resolve("short"), 5, 40, 8, 8, SceneShards.MIX, 1);
        SceneShards.write(folder.resolve("long"), 5, 300, 8, 8, SceneShards.MIX, 2);
        byte[] shorter = Files.readAllBytes(folder.resolve("short/images.u8"));
        byte[] longer = Files.readAllBytes(folder.resolve("long/images.u8"));
        assertThat(Arrays.copyOf(longer, shorter.length)).isEqualTo(shorter);
        assertThat(Files.readAllLines(folder.resolve("long/captions.txt")).subList(0, 40))
                .isEqualTo(Files.readAllLines(folder.resolve("short/captions.txt")));
    }

    @Test
    void aShardWithoutImagesIsRefusedBeforeAnythingIsWritten(@TempDir Path folder) {
        assertThatThrownBy(() -> SceneShards.write(folder.resolve("new"), 5, 0, 64, 64, SceneShards.MIX, 1))
                .hasMessageContaining("expected a count, width and height of 1 or more");
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
