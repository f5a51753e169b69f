package dev.touchstone.metrics.metric.fid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import org.junit.jupiter.api.Test;

class FrechetInfinityTest {

    @Test
    void removesTheBiasOfASmallSampleOfTheReferenceItself() {
        RandomState random = new RandomState(5);
        Matrix reference = Samples.gaussian(random, 8000, 16);
        Matrix generated = Samples.gaussian(random, 600, 16);

        FrechetInfinity infinity = FrechetInfinity.of(generated, reference, 1);
        double biased = FrechetInceptionDistance.between(generated, reference).value();

        assertThat(infinity.points()).hasSize(15);
        assertThat(infinity.points().get(0).n()).isEqualTo(60);
        assertThat(infinity.points().get(14).fid()).isCloseTo(biased, within(1e-9));
        assertThat(Math.abs(infinity.value())).as("true distance 0").isLessThan(biased / 2);
        assertThat(FrechetInfinity.of(generated, reference, 1)).isEqualTo(infinity);
    }

    @Test
    void manyImagesAgainstFewerThanTheFeaturesAreLongEqualTheDistanceTheOtherWayRound() {
        RandomState random = new RandomState(6);
        Matrix few = Samples.gaussian(random, 10, 16);
        Matrix many = Samples.gaussian(random, 1100, 16, 1.5, 0.2);
        FrechetDistance distance = FrechetInceptionDistance.between(many, few);
        assertThat(distance.route()).isEqualTo(FrechetDistance.Route.NUCLEAR_NORM);
        assertThat(distance.value())
                .isCloseTo(FrechetInceptionDistance.between(few, many).value(), within(1e-10));
    }

    @Test
    void needsEnoughImagesForALine() {
        Matrix few = Samples.gaussian(new RandomState(5), 19, 4);
        assertThatThrownBy(() -> FrechetInfinity.of(few, few, 1))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("at least 20 generated images");
    }
}
