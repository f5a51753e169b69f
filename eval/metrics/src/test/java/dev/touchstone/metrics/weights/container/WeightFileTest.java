package dev.touchstone.metrics.weights.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.SharedData;
import dev.touchstone.metrics.weights.network.Formula;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.WeightsKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: torch 1.13, by {@code .ci/reference/containers.py}. */
class WeightFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lin-legacy.pth", "lin-zip.pth", "lin.safetensors"})
    void everyContainerHoldsTheSameTensors(String name) throws IOException {
        StateDict weights = WeightFile.open(copy(name));
        assertThat(weights.shapes()).isEqualTo(PerceptualBackbone.ALEX.linearShapes());
        for (String tensor : weights.shapes().keySet()) {
            assertThat(weights.tensor(tensor).values())
                    .isEqualTo(
                            Formula.tensor(tensor, weights.shapes().get(tensor)).values());
        }
        assertThat(WeightsKind.of(weights)).isEqualTo(WeightsKind.LPIPS_ALEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"views-legacy.pth", "views-zip.pth"})
    void viewsTypesAndParametersAreRead(String name) throws IOException {
        StateDict weights = WeightFile.open(copy(name));
        assertThat(weights.tensor("transposed").shape()).isEqualTo(List.of(6, 4));
        assertThat(weights.tensor("transposed").values()).startsWith(0, 6, 12, 18, 1, 7);
        assertThat(weights.tensor("tail").values()).containsExactly(20, 21, 22, 23);
        assertThat(weights.tensor("scalar").values()).containsExactly(7);
        assertThat(weights.tensor("half").values()).startsWith(0, 1, 2).endsWith(23);
        assertThat(weights.tensor("bfloat").values()).startsWith(0, 1, 2).endsWith(23);
        assertThat(weights.tensor("double").values()[1]).isEqualTo(1 / 3f);
        assertThat(weights.tensor("parameter").values()).containsExactly(0, 1);
    }

    @Test
    void aNestedStateDictIsFound() throws IOException {
        assertThat(WeightFile.open(copy("nested.pth")).tensor("a").values()).hasSize(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostile.pth", "hostile-zip.pth"})
    void aPickleThatWouldRunACommandIsRefusedByName(String name) throws IOException {
        Path file = copy(name);
        assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("a reference to posix.system; nothing of it was run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lin-legacy.pth", "lin-zip.pth", "lin.safetensors"})
    void truncationAnywhereIsAMessageAndNothingElse(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(copy(name));
        for (int length = 0; length < bytes.length; length += 97) {
            Path half = Files.write(folder.resolve("half"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> WeightFile.open(half))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(WeightsException.class)
                    .hasMessageStartingWith(half + ": expected");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lin-legacy.pth", "lin-zip.pth"})
    void flippedBytesNeverEscapeAsAnotherError(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(copy(name));
        for (int at = 0; at < Math.min(bytes.length, 1400); at += 3) {
            byte[] bent = bytes.clone();
            bent[at] ^= 0x55;
            Path file = Files.write(folder.resolve("bent"), bent);
            try {
                StateDict weights = WeightFile.open(file);
                for (String tensor : weights.shapes().keySet()) {
                    weights.tensor(tensor);
                }
            } catch (WeightsException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void missingForeignAndMisshapenTensorsAreNamedAtOnce() throws IOException {
        StateDict weights = WeightFile.open(copy("lin-wrong.pth"));
        assertThatThrownBy(() -> WeightsKind.of(weights))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("expected the tensors of lpips-alex, found 3 problems")
                .hasMessageContaining("lin1.model.1.weight: expected [1, 192, 1, 1], found [1, 190, 1, 1]")
                .hasMessageContaining("lin3.model.1.weight: expected [1, 256, 1, 1], found no such tensor")
                .hasMessageContaining("extra: expected no such tensor, found [2]");
    }

    /** Sums: metrics.md section 11.2, from the published files. */
    @ParameterizedTest
    @CsvSource({
        "alex, 2.34953231 16.14302748 39.26843925 27.19717844 20.31717710",
        "vgg, 6.92599170 8.85833401 17.51500605 51.52132303 47.03485376",
        "squeeze, 5.69010078 1.18527949 16.32656541 71.01262409 37.37072321 24.26287240 17.59055275"
    })
    void publishedLinearWeightsHaveTheKnownSums(String net, String sums) {
        StateDict weights = WeightFile.open(SharedData.require("lpips/" + net + ".pth"));
        String[] expected = sums.split(" ");
        assertThat(weights.shapes()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            double sum = 0;
            for (float value : weights.tensor("lin" + i + ".model.1.weight").values()) {
                sum += value;
            }
            assertThat(sum).isCloseTo(Double.parseDouble(expected[i]), within(1e-7));
        }
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = WeightFileTest.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
