package dev.touchstone.eval.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.AttributeReading;
import dev.touchstone.metrics.feature.FeatureException;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TouchstoneFeaturesTest {

    private static final TouchstoneFeatures NETWORK = TouchstoneFeatures.builtin();

    @TempDir
    Path folder;

    @Test
    void aResultDoesNotDependOnTheOtherImagesOfTheBatch() {
        List<RgbImage> images = golden(40);
        FeatureMatrix together = NETWORK.features(images);
        List<AttributeReading> readings = NETWORK.attributes(images);
        for (int i : new int[] {0, 7, 31, 32, 39}) {
            FeatureMatrix alone = NETWORK.features(List.of(images.get(i)));
            for (int column = 0; column < alone.columns(); column++) {
                assertThat(alone.value(0, column)).isEqualTo(together.value(i, column));
            }
            AttributeReading single = NETWORK.attributes(List.of(images.get(i))).get(0);
            for (Attribute attribute : Attribute.values()) {
                for (String value : attribute.choices()) {
                    // Matrix products round by the row's place in the chunk, in the last digits of a float.
                    assertThat(single.probability(attribute, value))
                            .isCloseTo(readings.get(i).probability(attribute, value), within(1e-4));
                }
            }
        }
        List<Activation> alone = NETWORK.taps(List.of(images.get(5))).get(0);
        List<Activation> among = NETWORK.taps(images).get(5);
        for (int tap = 0; tap < alone.size(); tap++) {
            assertThat(alone.get(tap).values()).isEqualTo(among.get(tap).values());
        }
    }

    @Test
    void threadsGetTheSameAnswers() {
        List<RgbImage> images = golden(6);
        float[] expected = NETWORK.features(images).values();
        List<float[]> answers = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> NETWORK.features(images).values())
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(expected));
    }

    @Test
    void tapsAndHeadsHaveTheShapesTheyAnnounce() {
        RgbImage odd = new RgbImage(50, 80, new byte[50 * 80 * 3]);
        List<Activation> taps = NETWORK.taps(List.of(odd)).get(0);
        assertThat(taps.stream().map(Activation::channels)).containsExactlyElementsOf(NETWORK.tapChannels());
        assertThat(taps.stream().map(Activation::width)).containsExactly(32, 32, 16, 8, 8);
        AttributeReading reading = NETWORK.attributes(List.of(odd)).get(0);
        assertThat(reading.probabilities().keySet()).containsExactly(Attribute.values());
        reading.probabilities()
                .values()
                .forEach(values -> assertThat(
                                values.stream().mapToDouble(Double::doubleValue).sum())
                        .isCloseTo(1, within(1e-5)));
        assertThat(NETWORK.features(List.of(odd)).columns()).isEqualTo(NETWORK.dimension());
        assertThatThrownBy(() -> NETWORK.features(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsGoldenScenes() {
        ExampleSource scenes = new SceneExamples(99);
        List<Example> examples = new ArrayList<>(
                LongStream.range(0, 300).mapToObj(scenes::heldBack).toList());
        List<AttributeReading> readings =
                NETWORK.attributes(examples.stream().map(Example::image).toList());
        int right = 0;
        int asked = 0;
        for (int i = 0; i < examples.size(); i++) {
            for (Attribute attribute : examples.get(i).values().keySet()) {
                asked++;
                right += readings.get(i)
                                .mostProbable(attribute)
                                .equals(examples.get(i).values().get(attribute))
                        ? 1
                        : 0;
            }
        }
        // The model card states the accuracy; this holds that the file, the preprocessing and the order of the heads
        // fit together.
        assertThat(right / (double) asked).isGreaterThan(0.85);
    }

    @Test
    void refusesAModelThatIsNotTheOneItsCardNames() throws Exception {
        byte[] model;
        try (InputStream file = TouchstoneFeatures.class.getResourceAsStream("touchstone-1/model.zip")) {
            model = file.readAllBytes();
        }
        model[model.length / 2] ^= 1;
        Files.write(folder.resolve("model.zip"), model);
        Files.writeString(folder.resolve("model-card.json"), TouchstoneFeatures.builtinCard());
        assertThatThrownBy(() -> TouchstoneFeatures.open(folder))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("expected the weights " + NETWORK.weightsDigest());
    }

    @Test
    void aFolderWithoutAModelIsNamed() {
        assertThatThrownBy(() -> TouchstoneFeatures.open(folder))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("is the training finished?");
    }

    private static List<RgbImage> golden(int count) {
        ExampleSource scenes = new SceneExamples(3);
        return LongStream.range(0, count)
                .mapToObj(i -> scenes.heldBack(i).image())
                .toList();
    }
}
