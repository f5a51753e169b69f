package dev.touchstone.metrics.metric.ssim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.SharedData;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.psnr.PeakSignalToNoise;
import dev.touchstone.metrics.weights.network.Formula;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Reference values: piq 9948a52 in float64, by {@code .ci/reference/ssim.py}. */
class StructuralSimilarityTest {

    @Test
    void equalsTheReferenceImplementation() throws IOException {
        try (InputStream in = StructuralSimilarityTest.class.getResourceAsStream("ssim.json")) {
            for (JsonNode each : new ObjectMapper().readTree(in)) {
                int width = each.get("size").get(0).asInt();
                int height = each.get("size").get(1).asInt();
                RgbImage a = Formula.image(each.get("images").get(0).asInt(), width, height);
                RgbImage b = Formula.image(each.get("images").get(1).asInt(), width, height);
                RgbImage mixed = mixed(a, b);
                assertThat(StructuralSimilarity.between(mixed, a, Downsampling.NONE))
                        .as("plain %s", each)
                        .isCloseTo(each.get("plain").asDouble(), within(1e-6));
                assertThat(StructuralSimilarity.between(mixed, a, Downsampling.TO_256))
                        .as("downsampled %s", each)
                        .isCloseTo(each.get("downsampled").asDouble(), within(1e-6));
                if (each.has("multi-scale")) {
                    assertThat(StructuralSimilarity.multiScale(mixed, a))
                            .as("multi-scale %s", each)
                            .isCloseTo(each.get("multi-scale").asDouble(), within(1e-6));
                }
            }
        }
    }

    /** .8202: MATLAB, as asserted by piq's tests. */
    @Test
    void aPhotographAndItsDamagedTwinHaveThePublishedSimilarity() {
        ImageDecoder decoder = new ImageDecoder();
        RgbImage original = decoder.decode(SharedData.require("piq/goldhill.gif"));
        RgbImage damaged = decoder.decode(SharedData.require("piq/goldhill_jpeg.gif"));
        assertThat(StructuralSimilarity.between(damaged, original, Downsampling.TO_256))
                .isCloseTo(0.8202, within(1e-4));
    }

    @Test
    void identicalImagesAreAsSimilarAsCanBe() {
        RgbImage image = Formula.image(8, 200, 180);
        assertThat(StructuralSimilarity.between(image, image, Downsampling.NONE))
                .isEqualTo(1);
        assertThat(StructuralSimilarity.multiScale(image, image)).isEqualTo(1);
        assertThat(PeakSignalToNoise.between(image, image)).isEmpty();
    }

    @Test
    void oneLevelOffIsAboutFortyEightDecibels() {
        RgbImage black = new RgbImage(2, 2, new byte[12]);
        byte[] ones = new byte[12];
        java.util.Arrays.fill(ones, (byte) 1);
        assertThat(PeakSignalToNoise.between(new RgbImage(2, 2, ones), black).orElseThrow())
                .isCloseTo(48.1308036086791, within(1e-12));
    }

    @Test
    void sizesThatDoNotFitAreNamed() {
        RgbImage small = Formula.image(0, 10, 40);
        RgbImage other = Formula.image(0, 40, 10);
        assertThatThrownBy(() -> StructuralSimilarity.between(small, other, Downsampling.NONE))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("found 10 x 40 and 40 x 10");
        assertThatThrownBy(() -> StructuralSimilarity.between(small, small, Downsampling.NONE))
                .hasMessageContaining("at least 11 pixels, found 10");
        assertThatThrownBy(() -> StructuralSimilarity.multiScale(other, other))
                .hasMessageContaining("at least 161 pixels, found 10");
    }

    private static RgbImage mixed(RgbImage a, RgbImage b) {
        byte[] rgb = new byte[a.rgb().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (((a.rgb()[i] & 0xff) * 3 + (b.rgb()[i] & 0xff)) / 4);
        }
        return new RgbImage(a.widthPixels(), a.heightPixels(), rgb);
    }
}
