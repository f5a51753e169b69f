package dev.touchstone.metrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference samples: torch 1.13, Pillow 9.4.0 and torch-fidelity 5e211a9, by {@code .ci/reference/resize.py}. */
class ResizeTest {

    /** Two units in the last place of 256. */
    private static final float TWO_ULPS = 2 * Math.ulp(255f);

    @ParameterizedTest
    @CsvSource({
        "BICUBIC, 32, 0, 0, 1.1206848051 -0.1206848051",
        "BICUBIC, 32, 150, 14, -0.0468714946 0.4143180776 0.7049549171 -0.0724015001",
        "BICUBIC, 32, 298, 30, -0.1206848051 1.1206848051",
        "BICUBIC, 512, 0, 0, 0.5664625384 0.4544588421 0.0144720393 -0.0353934198",
        "BICUBIC, 512, 150, 254, -0.0039233546 -0.0426191588 0.1625773034 0.5616269032 0.3593458001 -0.0116959518 -0.0253115416",
        "BICUBIC, 512, 298, 508, -0.0353934198 0.0144720393 0.4544588421 0.5664625384",
        "BILINEAR, 512, 0, 0, 0.5439302482 0.4285714286 0.0274983233",
        "BILINEAR, 512, 150, 256, 0.1709548313 0.512864494 0.3161806747",
        "BILINEAR, 512, 298, 509, 0.0274983233 0.4285714286 0.5439302482"
    })
    void weightsEqualPillow(ResampleFilter filter, int in, int target, int first, String expected) {
        ResampleWeights weights = filter.weights(in, 299);
        double[] taps = weights.weights()[target];
        String[] numbers = expected.split(" ");
        assertThat(weights.first()[target]).isEqualTo(first);
        assertThat(taps).hasSize(numbers.length);
        for (int i = 0; i < taps.length; i++) {
            assertThat(taps[i]).isCloseTo(Double.parseDouble(numbers[i]), within(5e-11));
        }
    }

    @Test
    void resizedSamplesEqualTheReferenceImplementations() throws IOException {
        RgbImage image = formulaImage();
        for (JsonNode each : reference().get("cases")) {
            int width = each.get("width").asInt();
            int height = each.get("height").asInt();
            String name = each.get("name").asText();
            PlanarImage planes = switch (name) {
                case "torch" -> BilinearResize.torch(PlanarImage.of(image), width, height);
                case "tensorflow" -> BilinearResize.tensorFlow(PlanarImage.of(image), width, height);
                case "pillow-float-bicubic", "torch-antialias-bicubic" ->
                    PillowResize.floats(image, ResampleFilter.BICUBIC, width, height);
                case "pillow-float-bilinear", "torch-antialias-bilinear" ->
                    PillowResize.floats(image, ResampleFilter.BILINEAR, width, height);
                case "pillow-bytes-bicubic" ->
                    PlanarImage.of(PillowResize.bytes(image, ResampleFilter.BICUBIC, width, height));
                case "pillow-bytes-bilinear" ->
                    PlanarImage.of(PillowResize.bytes(image, ResampleFilter.BILINEAR, width, height));
                default -> throw new AssertionError(name);
            };
            float tolerance = switch (name) {
                case "torch" -> TWO_ULPS;
                // Here positions are in double; PyTorch's are in float: an ulp of 50 off, times contrasts of 255.
                case "torch-antialias-bilinear" -> 1e-3f;
                case "torch-antialias-bicubic" -> 4e-3f;
                default -> 0;
            };
            assertSamples(name + " " + width + " x " + height, planes, each, tolerance);
        }
    }

    @Test
    void pytorchFidRecipeEqualsItsOriginal() throws IOException {
        PlanarImage planes = Recipe.PYTORCH_FID.apply(formulaImage(), 299);
        assertSamples("pytorch-fid", planes, reference().get("pytorch-fid"), 4 * Math.ulp(1f));
    }

    @Test
    void recipesScaleBlackAndWhiteTheirOwnWay() {
        RgbImage white = new RgbImage(1, 1, new byte[] {-1, -1, -1});
        RgbImage black = new RgbImage(1, 1, new byte[3]);
        assertThat(Recipe.PYTORCH_FID.apply(white, 2).value(0, 0, 0)).isEqualTo(1);
        assertThat(Recipe.TORCH_FIDELITY.apply(white, 2).value(0, 0, 0)).isEqualTo(0.9921875f);
        assertThat(Recipe.CLEAN.apply(white, 2).value(0, 1, 1)).isEqualTo(0.9921875f);
        for (Recipe recipe : Recipe.values()) {
            assertThat(recipe.apply(black, 2).values()).containsOnly(-1);
            assertThat(Recipe.parse(recipe.text())).isEqualTo(recipe);
        }
    }

    @Test
    void anUnknownRecipeListsThoseThatExist() {
        assertThatThrownBy(() -> Recipe.parse("cleanfid"))
                .hasMessage("recipe: expected one of pytorch-fid, torch-fidelity, clean, found \"cleanfid\"");
    }

    private static void assertSamples(String name, PlanarImage planes, JsonNode expected, float tolerance) {
        List<JsonNode> places = new java.util.ArrayList<>();
        expected.get("at").forEach(places::add);
        for (int i = 0; i < places.size(); i++) {
            JsonNode at = places.get(i);
            float value =
                    planes.value(at.get(0).asInt(), at.get(1).asInt(), at.get(2).asInt());
            assertThat(value)
                    .as("%s at %s", name, at)
                    .isCloseTo((float) expected.get("values").get(i).asDouble(), within(tolerance));
        }
        double sum = 0;
        for (float value : planes.values()) {
            sum += value;
        }
        assertThat(sum)
                .as(name + " sum")
                .isCloseTo(expected.get("sum").asDouble(), within((double) tolerance * planes.values().length + 1e-6));
    }

    private static RgbImage formulaImage() {
        byte[] rgb = new byte[50 * 34 * 3];
        for (int y = 0; y < 34; y++) {
            for (int x = 0; x < 50; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * 50 + x) * 3 + c] = (byte) (x * 37 + y * 91 + c * 53 + x * y % 29 * 7);
                }
            }
        }
        return new RgbImage(50, 34, rgb);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = ResizeTest.class.getResourceAsStream("resize.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
