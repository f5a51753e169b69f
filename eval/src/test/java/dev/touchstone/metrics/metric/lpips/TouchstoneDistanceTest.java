package dev.touchstone.metrics.metric.lpips;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.training.Distortion;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchstoneDistanceTest {

    @Test
    void growsWithTheStrengthOfADistortion() {
        TouchstoneFeatures network = TouchstoneFeatures.builtin();
        LearnedPerceptualSimilarity metric = new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        int triplets = 0;
        int ordered = 0;
        for (int scene = 0; scene < 10; scene++) {
            Workflow workflow = Workflow.values()[scene % Workflow.values().length];
            RgbImage image =
                    RgbImage.of(SceneRenderer.render(SceneSampler.sample(5, Split.GOLDEN, workflow, scene), 64, 64));
            List<RgbImage> clean = new ArrayList<>();
            List<RgbImage> spoilt = new ArrayList<>();
            for (Distortion distortion : Distortion.values()) {
                for (int strength = 1; strength <= Distortion.STRENGTHS; strength++) {
                    clean.add(image);
                    spoilt.add(distortion.apply(image, strength, 5, scene));
                }
            }
            double[] distances = metric.distances(clean, spoilt);
            for (int i = 1; i < distances.length; i++) {
                if (i % Distortion.STRENGTHS != 0) {
                    triplets++;
                    ordered += distances[i] > distances[i - 1] ? 1 : 0;
                }
            }
        }
        assertThat(ordered / (double) triplets).isGreaterThanOrEqualTo(0.95);
    }
}
