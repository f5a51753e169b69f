package dev.touchstone.metrics.weights.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.SubsetEstimate;
import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Reference values: pytorch-fid b9c1811 and torch-fidelity 5e211a9 run on formula weights of the published shapes and
 * formula images, by {@code .ci/reference/inception.py}.
 */
class InceptionFeaturesTest {

    private static final List<RgbImage> FIRST = Formula.images(0, 12, 96, 80);
    private static final List<RgbImage> SECOND = Formula.images(100, 10, 96, 80);
    private static byte[] model;
    private static OnnxNetwork network;
    private static JsonNode reference;

    @BeforeAll
    static void load() throws IOException {
        model = InceptionGraph.model(Formula.stateDict(new InceptionUnits().shapes()));
        network = new OnnxNetwork("inception-v3", model, 2);
        try (InputStream in = InceptionFeaturesTest.class.getResourceAsStream("inception.json")) {
            reference = new ObjectMapper().readTree(in);
        }
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void featuresAndDistanceEqualPytorchFid() {
        for (InceptionTap tap : List.of(InceptionTap.POOL_64, InceptionTap.POOL_2048)) {
            JsonNode expected = reference.get("pytorch-fid-" + tap.dimension());
            InceptionFeatures features = features(Recipe.PYTORCH_FID, tap);
            FeatureMatrix first = features.features(FIRST);
            FeatureMatrix second = features.features(SECOND);

            assertRow(first, 0, 0, expected.get("first"));
            assertRow(second, 9, tap.dimension() - 16, expected.get("last"));
            double fid = expected.get("fid").asDouble();
            assertThat(FrechetInceptionDistance.between(first, second).value())
                    .as("dims " + tap.dimension())
                    .isCloseTo(fid, within(1e-4 * fid));
        }
    }

    @Test
    void featuresAndDistancesEqualTorchFidelity() {
        JsonNode expected = reference.get("torch-fidelity");
        InceptionFeatures features = features(Recipe.TORCH_FIDELITY, InceptionTap.POOL_2048);
        FeatureMatrix first = features.features(FIRST);
        FeatureMatrix second = features.features(SECOND);

        assertRow(first, 0, 0, expected.get("first"));
        assertRow(second, 9, 2032, expected.get("last"));
        assertRow(
                features(Recipe.TORCH_FIDELITY, InceptionTap.LOGITS).features(FIRST.subList(0, 1)),
                0,
                0,
                expected.get("logits"));
        double fid = expected.get("fid").asDouble();
        assertThat(FrechetInceptionDistance.between(first, second).value()).isCloseTo(fid, within(1e-4 * fid));
        SubsetEstimate kid =
                KernelInceptionDistance.subsets(Matrix.of(first), Matrix.of(second), new SubsetProtocol(7, 9, 2020));
        assertThat(kid.mean()).isCloseTo(expected.get("kid").get(0).asDouble(), within(1e-6));
        assertThat(kid.standardDeviation()).isCloseTo(expected.get("kid").get(1).asDouble(), within(1e-6));
    }

    @Test
    void featuresDependOnNeitherTheBatchNorTheThreads() {
        InceptionFeatures two = features(Recipe.CLEAN, InceptionTap.POOL_2048);
        FeatureMatrix together = two.features(FIRST.subList(0, 5));
        try (OnnxNetwork single = new OnnxNetwork("inception-v3", model, 1)) {
            InceptionFeatures one =
                    new InceptionFeatures(() -> single, "formula", Recipe.CLEAN, InceptionTap.POOL_2048);
            for (int i = 0; i < 5; i++) {
                FeatureMatrix alone = one.features(FIRST.subList(i, i + 1));
                for (int j = 0; j < 2048; j++) {
                    assertThat(alone.value(0, j))
                            .as("image %d feature %d", i, j)
                            .isEqualTo(together.value(i, j));
                }
            }
        }
    }

    private static InceptionFeatures features(Recipe recipe, InceptionTap tap) {
        return new InceptionFeatures(() -> network, "formula", recipe, tap);
    }

    private static void assertRow(FeatureMatrix features, int row, int from, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            double value = expected.get(i).asDouble();
            assertThat((double) features.value(row, from + i))
                    .as("row %d feature %d", row, from + i)
                    .isCloseTo(value, within(1e-4 * Math.max(Math.abs(value), 1e-2)));
        }
    }
}
