package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of paired data and corrections for several of them. */
class PairedTestsTest {

    private static final double[] PUBLISHED = {
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1
    };

    /** Reference: Benjamini and Hochberg 1995, section 3.2; scipy 1.17 {@code false_discovery_control(p)}. */
    @Test
    void benjaminiAndHochbergsExampleRejectsFour() {
        double[] q = BenjaminiHochberg.adjusted(PUBLISHED);
        assertThat(q[3]).isCloseTo(0.0356, within(5e-5));
        assertThat(q[4]).isCloseTo(0.0603, within(5e-5));
        assertThat(java.util.Arrays.stream(q).filter(value -> value <= 0.05)).hasSize(4);
    }

    @Test
    void holmStepsDownAndKeepsTheOrderGiven() {
        assertThat(HolmCorrection.adjusted(new double[] {0.03, 0.01, 0.04, 0.02}))
                .containsExactly(new double[] {0.06, 0.04, 0.06, 0.06}, within(1e-12));
        assertThat(HolmCorrection.adjusted(new double[0])).isEmpty();
        assertThatThrownBy(() -> HolmCorrection.adjusted(new double[] {1.1})).hasMessageContaining("found 1.1");
    }

    /** Reference: Tango's score with the restricted estimate found by scipy 1.17 {@code minimize_scalar}, not by formula. */
    @ParameterizedTest
    @CsvSource({
        "12, 2, 44, 0.0691662178, 0.3860037705",
        "1, 4, 30, -0.2725669918, 0.0605895942",
        "25, 10, 100, 0.0355676065, 0.2632666346"
    })
    void tangoMatchesTheRestrictedLikelihood(int first, int second, int n, double lower, double upper) {
        Interval interval = TangoInterval.difference(first, second, n, 0.95);
        assertThat(interval.lower()).isCloseTo(lower, within(1e-7));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-7));
    }

    @Test
    void tangoHasAWidthWithoutDiscordantPairs() {
        Interval interval = TangoInterval.difference(0, 0, 50, 0.95);
        assertThat(interval.upper()).isCloseTo(-interval.lower(), within(1e-9));
        assertThat(interval.upper()).isBetween(0.05, 0.1);
    }

    /** Reference: scipy 1.17, {@code permutation_test((d,), mean, permutation_type="samples", n_resamples=inf)}: 0.078125. */
    @Test
    void flippedSignsMatchScipy() {
        double[] differences = {0.3, -0.1, 0.25, 0.4, 0.05, 0.2, -0.15, 0.35};
        IndexedRandom random = IndexedRandom.of(1, "signs");
        assertThat(SignFlipTest.pValue(differences, random, 999)).isEqualTo(0.078125);
    }

    @Test
    void drawnSignsAgreeWithCountedOnesAndAreNeverZero() {
        double[] differences = new double[20];
        for (int i = 0; i < 20; i++) {
            differences[i] = 1 + i;
        }
        IndexedRandom random = IndexedRandom.of(1, "signs");
        assertThat(SignFlipTest.pValue(differences, random, 999)).isEqualTo(0.001);
    }

    /** Reference: {@code ceil((z(0.95) + z(0.80))^2 * 0.4^2 / 0.05^2)} with scipy's normal quantiles: 396. */
    @Test
    void unitsNeededFollowTheNormalPower() {
        assertThat(SampleSize.units(0.4, 0.05, 0.05, 0.80)).isEqualTo(396);
    }
}
