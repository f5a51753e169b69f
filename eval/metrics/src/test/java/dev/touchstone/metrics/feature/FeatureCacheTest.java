package dev.touchstone.metrics.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

    @TempDir
    Path folder;

    /** Mean colour, and a count of the images it had to look at. */
    private static final class MeanColour implements FeatureExtractor {
        private final String digest;
        private int looked;

        MeanColour(String digest) {
            this.digest = digest;
        }

        @Override
        public String name() {
            return "mean-colour";
        }

        @Override
        public String weightsDigest() {
            return digest;
        }

        @Override
        public String preprocessing() {
            return "none";
        }

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public FeatureMatrix features(List<RgbImage> images) {
            looked += images.size();
            float[] values = new float[images.size() * 3];
            for (int i = 0; i < values.length; i++) {
                values[i] = images.get(i / 3).sample(0, 0, i % 3) / 255f;
            }
            return new FeatureMatrix(images.size(), 3, values);
        }

        @Override
        public void close() {}
    }

    @Test
    void looksAtEveryContentOnce() {
        MeanColour extractor = new MeanColour("a");
        List<DigestedImage> images = new ArrayList<>(images(150));
        images.addAll(images(10));
        FeatureMatrix first = new FeatureCache(folder).features(extractor, images);
        assertThat(extractor.looked).isEqualTo(150);
        assertThat(first.rows()).isEqualTo(160);
        assertThat(first.value(149, 0)).isEqualTo(149 / 255f);
        assertThat(first.value(159, 0)).isEqualTo(9 / 255f);

        FeatureMatrix second = new FeatureCache(folder).features(extractor, images);
        assertThat(extractor.looked).isEqualTo(150);
        assertThat(second.values()).containsExactly(first.values());
    }

    @Test
    void otherWeightsHaveTheirOwnEntries() {
        new FeatureCache(folder).features(new MeanColour("a"), images(5));
        MeanColour other = new MeanColour("b");
        new FeatureCache(folder).features(other, images(5));
        assertThat(other.looked).isEqualTo(5);
    }

    @Test
    void damagedEntriesAreComputedAgain() throws IOException {
        FeatureMatrix sound = new FeatureCache(folder).features(new MeanColour("a"), images(20));
        Path file = file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[44 + 48 * 7 + 33] ^= 1;
        Files.write(file, bytes);

        MeanColour extractor = new MeanColour("a");
        assertThat(new FeatureCache(folder).features(extractor, images(20)).values())
                .containsExactly(sound.values());
        assertThat(extractor.looked).isEqualTo(1);
        MeanColour again = new MeanColour("a");
        new FeatureCache(folder).features(again, images(20));
        assertThat(again.looked).isZero();
    }

    @Test
    void anEntryCutOffByAKillDoesNotShiftLaterOnes() throws IOException {
        new FeatureCache(folder).features(new MeanColour("a"), images(20));
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length - 11));

        MeanColour extractor = new MeanColour("a");
        new FeatureCache(folder).features(extractor, images(25));
        assertThat(extractor.looked).isEqualTo(6);
        MeanColour again = new MeanColour("a");
        FeatureMatrix matrix = new FeatureCache(folder).features(again, images(25));
        assertThat(again.looked).isZero();
        assertThat(matrix.value(24, 0)).isEqualTo(24 / 255f);
    }

    @Test
    void aFileThatIsSomethingElseIsReplaced() throws IOException {
        new FeatureCache(folder).features(new MeanColour("a"), images(3));
        Files.writeString(file(), "not features");
        MeanColour extractor = new MeanColour("a");
        new FeatureCache(folder).features(extractor, images(3));
        assertThat(extractor.looked).isEqualTo(3);
    }

    @Test
    void aFolderThatIsAFileIsRefusedByName() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new FeatureCache(file).features(new MeanColour("a"), images(1)))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("file");
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<DigestedImage> images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> DigestedImage.of(new RgbImage(1, 1, new byte[] {(byte) i, 1, 2})))
                .toList();
    }
}
