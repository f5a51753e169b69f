package dev.touchstone.metrics.weights.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.network.ClipImageFeatures.Preparation;
import dev.touchstone.metrics.weights.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipImageFeaturesTest {

    @TempDir
    private Path folder;

    @Test
    void aTowerOfMeansSeesTheNormalisedMiddleOfTheImage() throws IOException {
        OnnxGraph graph = new OnnxGraph("means");
        graph.output("image_embeds", graph.globalAverage(graph.input("pixel_values", "n", 3, 28, 28)), "n", 3);
        Path model = Files.write(folder.resolve("clip.onnx"), graph.model());
        byte[] rgb = new byte[90 * 56 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            int x = i / 3 % 90;
            rgb[i] = (byte) (x >= 17 && x < 73 ? 255 : 9);
        }
        try (ClipImageFeatures clip = ClipImageFeatures.open(model, Preparation.CMMD, 1)) {
            assertThat(clip.dimension()).isEqualTo(3);
            PlanarImage prepared = clip.prepare(new RgbImage(90, 56, rgb));
            assertThat(prepared.widthPixels()).isEqualTo(28);
            FeatureMatrix features = clip.run(List.of(prepared, prepared));
            assertThat(features.rows()).isEqualTo(2);
            assertThat((double) features.value(1, 0)).isCloseTo((1 - .48145466) / .26862954, within(1e-5));
            assertThat((double) features.value(0, 1)).isCloseTo(-.4578275 / .26130258, within(1e-5));
        }
    }

    @Test
    void aModelWithOtherInputsIsRefused() throws IOException {
        OnnxGraph graph = new OnnxGraph("other");
        String a = graph.input("a", "n", 3);
        graph.output("b", a, "n", 3);
        Path model = Files.write(folder.resolve("other.onnx"), graph.model());
        assertThatThrownBy(() -> ClipImageFeatures.open(model, Preparation.CMMD, 1))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("expected a model with one input [n, 3, side, side], found [a] [-1, 3]");
        Path text = Files.writeString(folder.resolve("text.onnx"), "hello");
        assertThatThrownBy(() -> ClipImageFeatures.open(text, Preparation.CMMD, 1))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("text.onnx: expected a model that ONNX Runtime loads");
    }
}
