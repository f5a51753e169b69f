package dev.touchstone.eval.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.PerceptualNetwork;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearWeightTrainerTest {

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
    void learningPutsTripletsInOrderThatEqualWeightsGetWrong() {
        LinearWeightTrainer trainer = new LinearWeightTrainer(network, 1);
        // Channel 0 falls with strength and is louder, channel 1 rises.
        List<LinearWeightTrainer.Ladder> ladders = List.of(new LinearWeightTrainer.Ladder(
                Distortion.BLUR,
                List.of(
                        new double[] {5, 1},
                        new double[] {4, 1.5},
                        new double[] {3, 2},
                        new double[] {2, 2.5},
                        new double[] {1, 3})));
        double[] equal = {0.5, 0.5};
        double[] learnt = trainer.learn(ladders, equal);
        assertThat(LinearWeightTrainer.ordered(ladders, equal).get(Distortion.BLUR))
                .isZero();
        assertThat(LinearWeightTrainer.ordered(ladders, learnt).get(Distortion.BLUR))
                .isEqualTo(1);
        assertThat(learnt[0]).isNotNegative();
        assertThat(learnt[0] + learnt[1]).isCloseTo(1, within(1e-9));
    }
}
