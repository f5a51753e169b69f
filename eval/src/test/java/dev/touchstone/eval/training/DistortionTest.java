package dev.touchstone.eval.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.image.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistortionTest {

    private final RgbImage image = new DrawnExamples().training(3).image();

    @ParameterizedTest
    @EnumSource
    void movesThePictureFurtherAwayWithEveryStrength(Distortion distortion) {
        double before = 0;
        for (int strength = 1; strength <= Distortion.STRENGTHS; strength++) {
            double distance = distance(distortion.apply(image, strength, 1, 2));
            assertThat(distance).as("%s at %d", distortion, strength).isGreaterThan(before);
            before = distance;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSamePictureForTheSameSeed(Distortion distortion) {
        assertThat(distortion.apply(image, 2, 9, 4).rgb())
                .isEqualTo(distortion.apply(image, 2, 9, 4).rgb());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAStrengthItDoesNotHave(Distortion distortion) {
        assertThatThrownBy(() -> distortion.apply(image, 6, 1, 1)).hasMessageEndingWith("in [1, 5], found 6");
    }

    private double distance(RgbImage other) {
        double sum = 0;
        for (int i = 0; i < image.rgb().length; i++) {
            double difference = (image.rgb()[i] & 0xff) - (other.rgb()[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }
}
