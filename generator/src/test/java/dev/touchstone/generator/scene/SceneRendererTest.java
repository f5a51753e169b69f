package dev.touchstone.generator.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.feature.Attribute;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SceneRendererTest {
    /** Changes only together with what the pictures show; every JDK and machine must reach it. */
    private static final String GOLDEN = "0aad644f915ec40e249d58394145384e546485b7b0235781cb30054347e5c49c";

    @Test
    void everyMachineDrawsTheSamePixels() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 240; i++) {
            int height = i % 5 == 0 ? 80 : 64;
            ByteBuffer bytes = ByteBuffer.allocate(64 * height * 4);
            bytes.asIntBuffer().put(pixels(SceneRenderer.render(any(i), 64, height)));
            digest.update(bytes.array());
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(GOLDEN);
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        List<int[]> alone = IntStream.range(0, 60)
                .mapToObj(i -> pixels(SceneRenderer.render(any(i), 64, 64)))
                .toList();
        List<int[]> together = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> pixels(SceneRenderer.render(any(i), 64, 64)))
                .toList();
        for (int i = 0; i < 60; i++) {
            assertThat(together.get(i)).containsExactly(alone.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shaded", "flat", "outline", "low-poly", "pixel", "painterly"})
    void newGroundLeavesTheSubjectAsItWas(String style) {
        for (String subject : List.of("face", "house", "tree", "cat", "flower", "bottle", "mug", "box")) {
            Scene before = of(subject, 5).with(Attribute.STYLE, style).with(Attribute.GROUND, "mint");
            Scene after = before.with(Attribute.GROUND, "navy").with(Attribute.BACKGROUND, "dots");
            assertThat(changedOutside(before, after, SceneRenderer.Region.BACKGROUND))
                    .as(subject + " " + style)
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shaded", "flat", "outline", "low-poly", "pixel", "painterly"})
    void removedOrRecolouredSubjectLeavesTheRestAsItWas(String style) {
        for (String subject : Attribute.SUBJECT.choices()) {
            Scene before = of(subject, 6).with(Attribute.STYLE, style).with(Attribute.COLOUR, "blue");
            assertThat(changedOutside(before, before.with(Attribute.SUBJECT, "nothing"), SceneRenderer.Region.SUBJECT))
                    .as(subject + " removed")
                    .isZero();
            assertThat(changedOutside(before, before.with(Attribute.COLOUR, "yellow"), SceneRenderer.Region.SUBJECT))
                    .as(subject + " recoloured")
                    .isZero();
        }
    }

    @Test
    void newGlassesOrLabelStayWithinTheDetail() {
        for (int i = 0; i < 10; i++) {
            Scene face = of("face", i).with(Attribute.GLASSES, "none");
            Scene bottle = of("bottle", i).with(Attribute.LABEL, "none");
            assertThat(changedOutside(face, face.with(Attribute.GLASSES, "sunglasses"), SceneRenderer.Region.DETAIL))
                    .isZero();
            assertThat(changedOutside(bottle, bottle.with(Attribute.LABEL, "striped"), SceneRenderer.Region.DETAIL))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    void everyValueOfAnAttributeShows(Attribute attribute) {
        String subject = switch (attribute) {
            case COUNT -> "balls";
            case LABEL -> "jar";
            case WORD -> "word";
            default -> "face";
        };
        Scene scene = of(subject, 9).with(Attribute.HAIR, "long");
        List<int[]> pictures = attribute.choices().stream()
                .map(value -> pixels(SceneRenderer.render(scene.with(attribute, value), 64, 64)))
                .toList();
        for (int i = 0; i < pictures.size(); i++) {
            for (int k = 0; k < i; k++) {
                assertThat(difference(pictures.get(i), pictures.get(k)))
                        .as(attribute.choices().get(i) + " against "
                                + attribute.choices().get(k))
                        .isGreaterThan(5);
            }
        }
    }

    @Test
    void ballsCanBeCounted() {
        for (int seed = 0; seed < 20; seed++) {
            for (int count = 1; count <= 6; count++) {
                Scene scene = of("balls", seed)
                        .with(Attribute.STYLE, "flat")
                        .with(Attribute.COUNT, Attribute.COUNT.choices().get(count - 1));
                assertThat(pieces(scene)).as("seed " + seed).isEqualTo(count);
            }
        }
    }

    @Test
    void noTwoVariationsAreTheSamePicture() {
        for (String subject : Attribute.SUBJECT.choices()) {
            Scene scene = of(subject, 1).with(Attribute.BACKGROUND, "plain");
            Scene other = new Scene(scene.workflow(), scene.values(), 2);
            assertThat(pixels(SceneRenderer.render(scene, 64, 64)))
                    .isNotEqualTo(pixels(SceneRenderer.render(other, 64, 64)));
        }
    }

    @Test
    void largerPicturesShowTheSameScene() {
        for (String subject : Attribute.SUBJECT.choices()) {
            Scene scene = of(subject, 3).with(Attribute.STYLE, "flat");
            int[] small = pixels(SceneRenderer.render(scene, 64, 64));
            BufferedImage large = SceneRenderer.render(scene, 256, 256);
            double sum = 0;
            for (int i = 0; i < small.length; i++) {
                double green = 0;
                for (int k = 0; k < 16; k++) {
                    green += (large.getRGB(i % 64 * 4 + k % 4, i / 64 * 4 + k / 4) >> 8 & 255) / 16.0;
                }
                sum += Math.abs(green - (small[i] >> 8 & 255));
            }
            assertThat(sum / small.length).as(subject).isLessThan(1.5);
        }
    }

    @Test
    void sceneWithNothingButASubjectIsDrawn() {
        for (String subject : Attribute.SUBJECT.choices()) {
            SortedMap<Attribute, String> values = new TreeMap<>();
            values.put(Attribute.SUBJECT, subject);
            Scene scene = new Scene(Workflow.STYLISED_ART, values, 1);
            BufferedImage image = SceneRenderer.render(scene, 96, 120);
            assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
            assertThat(SceneRenderer.mask(scene, SceneRenderer.Region.DETAIL, 96, 120)
                            .getType())
                    .isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        }
    }

    @Test
    void tooSmallPicturesAreRefused() {
        assertThatThrownBy(() -> SceneRenderer.render(of("cat", 1), 64, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture: expected sides of at least 8 pixels, found 64 x 7");
    }

    private static Scene of(String subject, long seed) {
        Scene scene = any(seed).with(Attribute.SUBJECT, subject);
        return scene.with(Attribute.STYLE, "shaded").with(Attribute.SIZE, "large");
    }

    private static Scene any(long seed) {
        SortedMap<Attribute, String> values = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (Attribute attribute : Attribute.values()) {
            List<String> choices = attribute.choices();
            values.put(attribute, choices.get(random.nextInt(choices.size())));
        }
        values.put(Attribute.SUBJECT, Attribute.SUBJECT.choices().get((int) (seed % 18)));
        return new Scene(Workflow.STYLISED_ART, values, seed);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static int difference(int[] one, int[] other) {
        int changed = 0;
        for (int i = 0; i < one.length; i++) {
            changed += one[i] == other[i] ? 0 : 1;
        }
        return changed;
    }

    private static int changedOutside(Scene before, Scene after, SceneRenderer.Region region) {
        int[] one = pixels(SceneRenderer.render(before, 64, 64));
        int[] two = pixels(SceneRenderer.render(after, 64, 64));
        int[] mask = pixels(SceneRenderer.mask(before, region, 64, 64));
        int changed = 0;
        for (int i = 0; i < one.length; i++) {
            changed += one[i] != two[i] && (mask[i] & 255) == 0 ? 1 : 0;
        }
        return changed;
    }

    /** Separate areas in which a scene differs from the same scene with nothing in it. */
    private static int pieces(Scene scene) {
        int side = 128;
        int[] with = pixels(SceneRenderer.render(scene, side, side));
        int[] without = pixels(SceneRenderer.render(scene.with(Attribute.SUBJECT, "nothing"), side, side));
        boolean[] seen = new boolean[with.length];
        int pieces = 0;
        for (int i = 0; i < with.length; i++) {
            if (seen[i] || with[i] == without[i]) {
                continue;
            }
            pieces++;
            Deque<Integer> open = new ArrayDeque<>(List.of(i));
            seen[i] = true;
            while (!open.isEmpty()) {
                int at = open.pop();
                for (int next : new int[] {at - 1, at + 1, at - side, at + side}) {
                    if (next >= 0 && next < with.length && !seen[next] && with[next] != without[next]) {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        return pieces;
    }
}
