package dev.touchstone.metrics.weights.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.SharedData;
import dev.touchstone.metrics.weights.container.Safetensors;
import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.network.Formula;
import dev.touchstone.metrics.weights.network.LpipsNetwork;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsStoreTest {

    @TempDir
    private Path folder;

    @Test
    void anUnknownDigestIsRefusedUnlessAllowed() throws IOException {
        Path file = copy("lin-zip.pth");
        WeightsStore store = new WeightsStore(folder.resolve("store"));

        assertThatThrownBy(() -> store.importFile(file, DigestPolicy.PUBLISHED_ONLY))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(
                        "expected SHA-256 df73285e35b22355a2df87cdb6b70b343713b667eddbda73e1977e0c860835c0"
                                + " of alex.pth, found ")
                .hasMessageContaining("--allow-unknown-digest");
        assertThat(store.list()).isEmpty();

        ImportedWeights weights = store.importFile(file, DigestPolicy.ALLOW_UNKNOWN);
        assertThat(weights.kind()).isEqualTo(WeightsKind.LPIPS_ALEX);
        assertThat(weights.published()).isFalse();
        assertThat(store.list()).containsExactly(weights);
        assertThat(store.importFile(file, DigestPolicy.ALLOW_UNKNOWN)).isEqualTo(weights);
        assertThatThrownBy(() -> store.importFile(file, DigestPolicy.PUBLISHED_ONLY))
                .as("known files are judged again")
                .isInstanceOf(WeightsException.class);
    }

    @Test
    void ofSeveralWeightsOfAKindTheLastImportIsTakenAndSaid() throws IOException {
        WeightsStore store = new WeightsStore(folder.resolve("store"));
        Map<String, List<Integer>> shapes = PerceptualBackbone.ALEX.linearShapes();
        Map<String, WeightTensor> ones = tensors(shapes);
        Map<String, WeightTensor> others = tensors(shapes);
        others.values().iterator().next().values()[0] += 1;
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        Safetensors.write(first, ones);
        Safetensors.write(second, others);

        ImportedWeights one = store.importFile(first, DigestPolicy.ALLOW_UNKNOWN);
        assertThat(store.choice(WeightsKind.LPIPS_ALEX)).isEmpty();
        Files.setLastModifiedTime(one.file(), FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        ImportedWeights two = store.importFile(second, DigestPolicy.ALLOW_UNKNOWN);
        assertThat(store.require(WeightsKind.LPIPS_ALEX)).isEqualTo(two);
        assertThat(store.choice(WeightsKind.LPIPS_ALEX))
                .contains("2 weights of lpips-alex are imported; the last one was taken, SHA-256 " + two.sha256()
                        + ", which nobody published; name another file, or import it again");

        Files.setLastModifiedTime(two.file(), FileTime.from(Instant.parse("2026-01-03T03:04:05Z")));
        store.importFile(first, DigestPolicy.ALLOW_UNKNOWN);
        assertThat(store.require(WeightsKind.LPIPS_ALEX)).as("imported again").isEqualTo(one);
    }

    @Test
    void importedTensorsServeTheNetwork() throws IOException {
        WeightsStore store = new WeightsStore(folder.resolve("store"));
        Path backbone = folder.resolve("squeeze.safetensors");
        Path linear = folder.resolve("linear.safetensors");
        Map<String, List<Integer>> shapes = new LinkedHashMap<>(PerceptualBackbone.SQUEEZE.shapes());
        shapes.put("classifier.1.weight", List.of(2, 512, 1, 1));
        Safetensors.write(backbone, tensors(shapes));
        Safetensors.write(linear, tensors(PerceptualBackbone.SQUEEZE.linearShapes()));

        ImportedWeights layers = store.importFile(backbone, DigestPolicy.ALLOW_UNKNOWN);
        ImportedWeights lin = store.importFile(linear, DigestPolicy.ALLOW_UNKNOWN);
        assertThat(store.require(WeightsKind.SQUEEZENET)).isEqualTo(layers);
        try (LpipsNetwork network = store.perceptual(PerceptualBackbone.SQUEEZE, layers, lin, 1)) {
            assertThat(network.weightsDigest()).isEqualTo(layers.sha256() + "+" + lin.sha256());
            assertThat(network.distance(Formula.image(0, 40, 40), Formula.image(1, 40, 40)))
                    .isPositive();
        }
        assertThatThrownBy(() -> store.perceptual(PerceptualBackbone.ALEX, layers, lin, 1))
                .hasMessageContaining("expected weights of alexnet, found those of squeezenet");
    }

    @Test
    void missingWeightsNameTheFileAndTheCommand() {
        assertThatThrownBy(() -> new WeightsStore(folder).require(WeightsKind.INCEPTION_V3))
                .hasMessageContaining("touchstone weights import pt_inception-2015-12-05-6726825d.pth");
    }

    @Test
    void publishedLinearWeightsAreKnownByTheirDigest() {
        WeightsStore store = new WeightsStore(folder.resolve("store"));
        for (PerceptualBackbone backbone : PerceptualBackbone.values()) {
            ImportedWeights weights = store.importFile(
                    SharedData.require("lpips/" + backbone.text() + ".pth"), DigestPolicy.PUBLISHED_ONLY);
            assertThat(weights.kind()).isEqualTo(WeightsStore.linearKind(backbone));
            assertThat(weights.published()).isTrue();
        }
    }

    private static Map<String, WeightTensor> tensors(Map<String, List<Integer>> shapes) {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, Formula.tensor(name, shape)));
        return tensors;
    }

    private Path copy(String name) throws IOException {
        try (InputStream in =
                WeightsStoreTest.class.getResourceAsStream("/dev/touchstone/metrics/weights/container/" + name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
