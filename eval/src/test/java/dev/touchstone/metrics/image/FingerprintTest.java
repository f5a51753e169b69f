package dev.touchstone.metrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final int[][] SIZES = {{64, 64}, {96, 64}, {61, 7}, {5, 3}, {1, 1}};

    @Test
    void aPictureMatchesItself() {
        Fingerprint fingerprint = Fingerprint.of(scene(20, 30, Color.RED, Color.WHITE));

        assertThat(fingerprint.distance(fingerprint)).isZero();
        assertThat(new Fingerprint(fingerprint.hex())).isEqualTo(fingerprint);
    }

    @Test
    void roundingByTwoAlwaysMatches() {
        for (int[] size : SIZES) {
            for (int seed = 0; seed < 40; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                byte[] rgb = new byte[size[0] * size[1] * 3];
                random.nextBytes(rgb);
                // Every pixel moved the same way is the worst case of a mean; mixed signs are the usual one.
                int bias = seed % 3 - 1;
                byte[] rounded = rgb.clone();
                for (int i = 0; i < rgb.length; i++) {
                    int change = bias == 0 ? random.nextInt(-2, 3) : 2 * bias;
                    rounded[i] = (byte) Math.max(0, Math.min(255, (rgb[i] & 0xff) + change));
                }

                assertThat(Fingerprint.of(image(size, rgb)).matches(Fingerprint.of(image(size, rounded))))
                        .as("size %d x %d, seed %d", size[0], size[1], seed)
                        .isTrue();
            }
        }
    }

    @Test
    void opposedRoundingOfTheChannelsMatches() {
        int[] size = {64, 64};
        for (int red = -2; red <= 2; red += 2) {
            for (int green = -2; green <= 2; green += 2) {
                for (int blue = -2; blue <= 2; blue += 2) {
                    assertThat(Fingerprint.of(plain(size, 100, 150, 50))
                                    .distance(Fingerprint.of(plain(size, 100 + red, 150 + green, 50 + blue))))
                            .as("%d %d %d", red, green, blue)
                            .isLessThanOrEqualTo(Fingerprint.ROUNDING_DISTANCE);
                }
            }
        }
    }

    @Test
    void otherPicturesDoNotMatch() {
        Fingerprint original = Fingerprint.of(scene(20, 30, Color.RED, Color.WHITE));

        assertThat(original.matches(Fingerprint.of(scene(24, 30, Color.RED, Color.WHITE))))
                .isFalse();
        assertThat(original.matches(Fingerprint.of(scene(20, 30, Color.ORANGE, Color.WHITE))))
                .isFalse();
        assertThat(original.matches(Fingerprint.of(scene(20, 30, Color.RED, new Color(240, 240, 255)))))
                .isFalse();
    }

    @Test
    void noTwoScenesOfTheWorldMatch() {
        List<Scene> scenes = Arrays.stream(Workflow.values())
                .flatMap(workflow -> IntStream.range(0, 60)
                        .mapToObj(index -> SceneSampler.sample(11, Split.GOLDEN, workflow, index)))
                .distinct()
                .toList();
        List<Fingerprint> fingerprints = scenes.stream()
                .map(scene -> Fingerprint.of(RgbImage.of(SceneRenderer.render(scene, 64, 64))))
                .toList();

        for (int i = 0; i < scenes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(fingerprints.get(i).matches(fingerprints.get(j)))
                        .as("%s and %s", scenes.get(i), scenes.get(j))
                        .isFalse();
            }
        }
    }

    @Test
    void aColourOfTheSameLuminanceDoesNotMatch() {
        int[] size = {64, 64};

        assertThat(Fingerprint.of(plain(size, 150, 100, 100)).matches(Fingerprint.of(plain(size, 100, 125, 105))))
                .isFalse();
    }

    @Test
    void holdsMeansOfGreyPictures() {
        assertThat(Fingerprint.of(plain(new int[] {64, 64}, 255, 255, 255)).hex())
                .isEqualTo("ff".repeat(64) + "80".repeat(32));
        assertThat(Fingerprint.of(plain(new int[] {1, 1}, 0, 0, 0)).hex()).isEqualTo("00".repeat(64) + "80".repeat(32));
    }

    @Test
    void rejectsTextOfAnotherForm() {
        assertThatThrownBy(() -> new Fingerprint("0".repeat(191) + "G"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192 lower-case hex digits");
        assertThatThrownBy(() -> new Fingerprint("00")).isInstanceOf(IllegalArgumentException.class);
    }

    private static RgbImage image(int[] size, byte[] rgb) {
        return new RgbImage(size[0], size[1], rgb);
    }

    private static RgbImage plain(int[] size, int red, int green, int blue) {
        byte[] rgb = new byte[size[0] * size[1] * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return image(size, rgb);
    }

    private static RgbImage scene(int x, int y, Color subject, Color ground) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(ground);
        graphics.fillRect(0, 0, 64, 64);
        graphics.setColor(subject);
        graphics.fillOval(x, y, 22, 22);
        graphics.dispose();
        return RgbImage.of(image);
    }
}
