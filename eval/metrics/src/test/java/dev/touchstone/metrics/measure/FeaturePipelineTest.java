package dev.touchstone.metrics.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturePipelineTest {

    @TempDir
    private Path folder;

    /** The red of each image, by a network that computes four at a time, and how many it was given. */
    private static final class Reds implements FeatureExtractor {
        private final List<Integer> given = new ArrayList<>();

        @Override
        public String name() {
            return "reds";
        }

        @Override
        public String weightsDigest() {
            return "none";
        }

        @Override
        public String preprocessing() {
            return "none";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public int chunk() {
            return 4;
        }

        @Override
        public synchronized FeatureMatrix features(List<RgbImage> images) {
            given.add(images.size());
            float[] values = new float[images.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = images.get(i).sample(0, 0, 0);
            }
            return new FeatureMatrix(values.length, 1, values);
        }

        @Override
        public void close() {}
    }

    @Test
    void aNetworkThatComputesWholeChunksIsGivenWholeChunks() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(Files.write(folder.resolve(i + ".png"), PngFile.encode(new RgbImage(1, 1, new byte[] {
                (byte) i, 0, 0
            }))));
        }
        Reds network = new Reds();
        FolderFeatures features = new FeaturePipeline(new ImageDecoder(), Optional.empty(), 2, 3, MeasureProgress.NONE)
                .features(network, files, "test");

        assertThat(network.given).containsExactlyInAnyOrder(4, 4, 2);
        assertThat(features.features().values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void largeImagesDoNotWaitForAWholeChunk() throws IOException {
        byte[] large = PngFile.encode(new RgbImage(4000, 3000, new byte[4000 * 3000 * 3]));
        List<Path> files = List.of(
                Files.write(folder.resolve("a.png"), large),
                Files.write(folder.resolve("b.png"), PngFile.encode(new RgbImage(1, 1, new byte[] {7, 0, 0}))),
                Files.write(folder.resolve("c.png"), large));
        Reds network = new Reds();
        FolderFeatures features = new FeaturePipeline(new ImageDecoder(), Optional.empty(), 1, 4, MeasureProgress.NONE)
                .features(network, files, "test");

        assertThat(network.given).as("two of 34 MiB are above 64").containsExactly(2, 1);
        assertThat(features.features().values()).containsExactly(0, 7, 0);
    }
}
