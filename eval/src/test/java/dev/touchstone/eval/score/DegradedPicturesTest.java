package dev.touchstone.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.training.Distortion;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.linear.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in metrics see damage: pictures of known scenes against damaged copies of the same pictures. */
class DegradedPicturesTest {

    private static final long SEED = 20260417;
    private static final int PICTURES = 96;
    private static final int REFERENCES = 192;

    @ParameterizedTest
    @EnumSource(
            value = Distortion.class,
            names = {"BLUR", "NOISE"})
    void damagedCopiesScoreClearlyWorseInFidKidAndAdherence(Distortion damage) {
        List<Scene> scenes = scenes(0, PICTURES);
        List<RgbImage> pictures = rendered(scenes);
        List<RgbImage> damaged = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            damaged.add(damage.apply(pictures.get(i), Distortion.STRENGTHS, SEED, i));
        }
        try (TouchstoneFeatures network = TouchstoneFeatures.builtin()) {
            FeatureMatrix golden = network.features(rendered(scenes(PICTURES, REFERENCES)));
            FeatureMatrix whole = network.features(pictures);
            FeatureMatrix broken = network.features(damaged);

            assertThat(FrechetInceptionDistance.between(broken, golden).value())
                    .isGreaterThan(
                            2 * FrechetInceptionDistance.between(whole, golden).value());
            assertThat(kid(broken, golden)).isGreaterThan(2 * Math.max(0.01, kid(whole, golden)));
            assertThat(adherence(network, scenes, damaged)).isLessThan(adherence(network, scenes, pictures) - 0.05);
        }
    }

    private static double kid(FeatureMatrix generated, FeatureMatrix golden) {
        return KernelInceptionDistance.unbiased(Matrix.of(generated), Matrix.of(golden))
                .value();
    }

    private static double adherence(TouchstoneFeatures network, List<Scene> scenes, List<RgbImage> pictures) {
        var readings = network.attributes(pictures);
        double sum = 0;
        for (int i = 0; i < scenes.size(); i++) {
            sum += ((Adherence.Measured)
                            Adherence.of(readings.get(i), scenes.get(i).values()))
                    .share();
        }
        return sum / scenes.size();
    }

    private static List<Scene> scenes(int first, int count) {
        List<Scene> scenes = new ArrayList<>();
        Workflow[] workflows = Workflow.values();
        for (int i = first; i < first + count; i++) {
            scenes.add(SceneSampler.sample(SEED, Split.GOLDEN, workflows[i % workflows.length], i));
        }
        return scenes;
    }

    private static List<RgbImage> rendered(List<Scene> scenes) {
        return scenes.stream()
                .map(scene -> RgbImage.of(SceneRenderer.render(scene, 64, 64)))
                .toList();
    }
}
