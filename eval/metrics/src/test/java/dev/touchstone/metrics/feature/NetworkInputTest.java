package dev.touchstone.metrics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.image.RgbImage;
import org.junit.jupiter.api.Test;

class NetworkInputTest {

    @Test
    void anImageOfTheRightSizeKeepsItsPixels() {
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 31);
        }
        RgbImage image = new RgbImage(64, 64, rgb);
        float[] batch = input(image);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(batch[(channel * 64 + 5) * 64 + 9]).isEqualTo((float) (image.sample(9, 5, channel) / 127.5 - 1));
        }
    }

    @Test
    void largerImagesAreAveragedByArea() {
        byte[] rgb = new byte[96 * 64 * 3];
        // Columns 0, 1 and 2 are 30, 60 and 90: the first two target columns cover 1.5 source columns each.
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 3; x++) {
                rgb[(y * 96 + x) * 3] = (byte) (30 * (x + 1));
            }
        }
        float[] batch = input(new RgbImage(96, 64, rgb));
        assertThat(batch[0]).isCloseTo((float) ((30 + 0.5 * 60) / 1.5 / 127.5 - 1), within(1e-6f));
        assertThat(batch[1]).isCloseTo((float) ((0.5 * 60 + 90) / 1.5 / 127.5 - 1), within(1e-6f));
    }

    @Test
    void aSmallerImageRepeatsItsPixels() {
        RgbImage image = new RgbImage(1, 1, new byte[] {(byte) 255, 0, 51});
        float[] batch = input(image);
        assertThat(batch[0]).isEqualTo(1f);
        assertThat(batch[64 * 64 + 77]).isEqualTo(-1f);
        assertThat(batch[2 * 64 * 64 + 4000]).isCloseTo(-0.6f, within(1e-6f));
    }

    @Test
    void aConstantImageOfAnySizeStaysConstant() {
        for (int width : new int[] {7, 63, 65, 100, 333}) {
            byte[] rgb = new byte[width * 50 * 3];
            java.util.Arrays.fill(rgb, (byte) 200);
            for (float value : input(new RgbImage(width, 50, rgb))) {
                assertThat(value).as("width %d", width).isCloseTo((float) (200 / 127.5 - 1), within(1e-6f));
            }
        }
    }

    private static float[] input(RgbImage image) {
        float[] batch = new float[NetworkInput.LENGTH];
        NetworkInput.write(image, batch, 0);
        return batch;
    }
}
