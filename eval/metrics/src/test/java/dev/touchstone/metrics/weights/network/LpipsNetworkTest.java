package dev.touchstone.metrics.weights.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.SharedData;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reference values: PerceptualSimilarity 082bb24 (lpips 0.1.4, torchvision's layers, torch 1.13) on formula weights of
 * the published shapes, by {@code .ci/reference/lpips_reference.py}.
 */
class LpipsNetworkTest {

    private static final List<RgbImage> FIRST =
            List.of(Formula.image(0, 70, 66), Formula.image(2, 70, 66), Formula.image(3, 70, 66));
    private static final List<RgbImage> SECOND =
            List.of(Formula.image(1, 70, 66), Formula.image(2, 70, 66), Formula.image(103, 70, 66));
    private static final int[][] PLACES = {{0, 0}, {10, 20}, {33, 35}, {65, 69}, {64, 1}};

    @ParameterizedTest
    @EnumSource(PerceptualBackbone.class)
    void distancesAndMapsEqualTheReferenceImplementation(PerceptualBackbone backbone) throws IOException {
        JsonNode expected = reference().get(backbone.text());
        StateDict linear = Formula.stateDict(backbone.linearShapes());
        try (LpipsNetwork network = network(backbone, linear)) {
            for (int i = 0; i < 3; i++) {
                assertThat((double) network.distance(FIRST.get(i), SECOND.get(i)))
                        .as("%s pair %d", backbone, i)
                        .isCloseTo(expected.get("formula-linear").get(i).asDouble(), within(1e-5));
            }
            assertThat(network.distance(FIRST.get(1), SECOND.get(1)))
                    .as("identical images")
                    .isZero();

            float[] map = network.map(FIRST.get(0), SECOND.get(0));
            assertThat(map).hasSize(66 * 70);
            for (int i = 0; i < PLACES.length; i++) {
                assertThat((double) map[PLACES[i][0] * 70 + PLACES[i][1]])
                        .as("%s map at %d, %d", backbone, PLACES[i][0], PLACES[i][1])
                        .isCloseTo(expected.get("map").get(i).asDouble(), within(2e-5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PerceptualBackbone.class)
    void theSmallestImagesAreThoseOfWhichThePoolingsLeaveSomething(PerceptualBackbone backbone) throws IOException {
        int side = backbone.smallestSide();
        JsonNode expected = reference().get(backbone.text()).get("smallest");
        try (LpipsNetwork network = network(backbone, Formula.stateDict(backbone.linearShapes()))) {
            assertThat(expected.get("side").asInt()).isEqualTo(side);
            assertThat((double) network.distance(Formula.image(0, side, side), Formula.image(1, side, side)))
                    .isCloseTo(expected.get("distance").asDouble(), within(1e-5));
            assertThatThrownBy(
                            () -> network.distance(Formula.image(0, side, side - 1), Formula.image(1, side, side - 1)))
                    .hasMessage("lpips: expected sides of at least " + side + " pixels for " + backbone.text()
                            + ", found " + (side - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(PerceptualBackbone.class)
    void publishedLinearWeightsGiveTheReferenceDistances(PerceptualBackbone backbone) throws IOException {
        Path folder = SharedData.require("lpips");
        JsonNode expected = reference().get(backbone.text());
        StateDict linear = WeightFile.open(folder.resolve(backbone.text() + ".pth"));
        ImageDecoder decoder = new ImageDecoder();
        RgbImage example = decoder.decode(folder.resolve("ex_ref.png"));
        try (LpipsNetwork network = network(backbone, linear)) {
            for (int i = 0; i < 3; i++) {
                assertThat((double) network.distance(FIRST.get(i), SECOND.get(i)))
                        .isCloseTo(expected.get("published-linear").get(i).asDouble(), within(1e-5));
            }
            for (int i = 0; i < 2; i++) {
                RgbImage other = decoder.decode(folder.resolve("ex_p" + i + ".png"));
                assertThat((double) network.distance(example, other))
                        .isCloseTo(expected.get("examples").get(i).asDouble(), within(1e-5));
            }
        }
    }

    private static LpipsNetwork network(PerceptualBackbone backbone, StateDict linear) {
        return new LpipsNetwork(backbone, Formula.stateDict(backbone.shapes()), linear, "formula", 2);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = LpipsNetworkTest.class.getResourceAsStream("lpips.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
