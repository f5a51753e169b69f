package dev.touchstone.metrics.metric.lpips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.PerceptualNetwork;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedPerceptualSimilarityTest {

    /** Two taps that are the pixels themselves, and the first two channels of them. */
    private static class Pixels implements PerceptualNetwork {
        @Override
        public String name() {
            return "pixels";
        }

        @Override
        public String weightsDigest() {
            return "none";
        }

        @Override
        public List<String> tapNames() {
            return List.of("all", "two");
        }

        @Override
        public List<Integer> tapChannels() {
            return List.of(3, 2);
        }

        @Override
        public List<List<Activation>> taps(List<RgbImage> images) {
            return images.stream()
                    .map(image -> List.of(activation(image, 3), activation(image, 2)))
                    .toList();
        }

        private static Activation activation(RgbImage image, int channels) {
            int positions = image.widthPixels() * image.heightPixels();
            float[] values = new float[channels * positions];
            for (int i = 0; i < values.length; i++) {
                int position = i % positions;
                values[i] = image.sample(position % image.widthPixels(), position / image.widthPixels(), i / positions);
            }
            return new Activation(channels, image.heightPixels(), image.widthPixels(), values);
        }
    }

    private final PerceptualNetwork network = new Pixels();

    @Test
    void isTheWeightedMeanOfSquaredDifferencesOfUnitVectors() {
        RgbImage first = new RgbImage(2, 1, new byte[] {3, 4, 0, 1, 0, 0});
        RgbImage second = new RgbImage(2, 1, new byte[] {4, 3, 0, 0, 0, 1});
        LinearWeights weights = new LinearWeights(
                1,
                "pixels",
                "none",
                "by hand",
                List.of(
                        new LinearWeights.Layer("all", List.of(1.0, 2.0, 4.0)),
                        new LinearWeights.Layer("two", List.of(0.0, 8.0))));
        // All: position 1 (0.6, 0.8, 0) against (0.8, 0.6, 0): 0.04, 0.04, 0; position 2 (1, 0, 0) against (0, 0, 1):
        // 1, 0, 1.
        // Two: position 1 as above: 0.04, 0.04; position 2 (1, 0) against (0, 0), whose length is epsilon: 1, 0.
        double expected = (1 * 1.04 + 2 * 0.04 + 4 * 1.0) / 2 + 8 * 0.04 / 2;
        assertThat(new LearnedPerceptualSimilarity(network, weights).distance(first, second))
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void identicalPicturesHaveNoDistanceAndTheOrderOfAPairDoesNotMatter() {
        LearnedPerceptualSimilarity metric = new LearnedPerceptualSimilarity(network, LinearWeights.uniform(network));
        RgbImage first = new RgbImage(1, 1, new byte[] {9, 4, 1});
        RgbImage second = new RgbImage(1, 1, new byte[] {2, 8, 5});
        assertThat(metric.distance(first, first)).isZero();
        assertThat(metric.distance(first, second)).isEqualTo(metric.distance(second, first));
        assertThat(metric.distances(List.of(), List.of())).isEmpty();
    }

    @Test
    void identicalPicturesHaveNoDistanceWhereANetworkRoundsByThePlaceInTheBatch() {
        PerceptualNetwork rounding = new Pixels() {
            @Override
            public List<List<Activation>> taps(List<RgbImage> images) {
                List<List<Activation>> taps = super.taps(images);
                for (int i = 0; i < taps.size(); i++) {
                    taps.get(i).get(0).values()[0] += i * 1e-6f;
                }
                return taps;
            }
        };
        LearnedPerceptualSimilarity metric = new LearnedPerceptualSimilarity(rounding, LinearWeights.uniform(rounding));
        RgbImage first = new RgbImage(1, 1, new byte[] {9, 4, 1});
        RgbImage copy = new RgbImage(1, 1, new byte[] {9, 4, 1});
        RgbImage other = new RgbImage(1, 1, new byte[] {2, 8, 5});
        double[] distances = metric.distances(List.of(other, first, other), List.of(first, copy, other));
        assertThat(distances[0])
                .isCloseTo(
                        new LearnedPerceptualSimilarity(network, LinearWeights.uniform(network)).distance(other, first),
                        within(1e-5));
        assertThat(distances[1]).isZero();
        assertThat(distances[2]).isZero();
    }

    @Test
    void refusesPicturesOfUnequalSizeAndUnpairedLists() {
        LearnedPerceptualSimilarity metric = new LearnedPerceptualSimilarity(network, LinearWeights.uniform(network));
        RgbImage small = new RgbImage(1, 1, new byte[3]);
        RgbImage wide = new RgbImage(2, 1, new byte[6]);
        assertThatThrownBy(() -> metric.distance(small, wide)).hasMessageContaining("1 x 1 and 2 x 1");
        assertThatThrownBy(() -> metric.distances(List.of(small), List.of())).hasMessageContaining("1 and 0");
    }

    @Test
    void refusesWeightsOfAnotherNetworkAndNegativeWeights() {
        LinearWeights other = new LinearWeights(1, "other", "none", "by hand", List.of());
        assertThatThrownBy(() -> new LearnedPerceptualSimilarity(network, other))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("found those of other");
        assertThatThrownBy(() -> new LinearWeights.Layer("all", List.of(-1.0))).isInstanceOf(MetricException.class);
    }
}
