package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.inference.KrippendorffAlpha.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {

    /** Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: 4 observers, 12 units, 0 is missing. */
    private static final int[][] OBSERVERS = {
        {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
        {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
    };

    private static double[][] units() {
        double[][] units = new double[12][];
        for (int u = 0; u < units.length; u++) {
            int unit = u;
            units[u] = Arrays.stream(OBSERVERS)
                    .mapToDouble(observer -> observer[unit])
                    .filter(rating -> rating != 0)
                    .toArray();
        }
        return units;
    }

    private static double value(Agreement agreement) {
        return ((Agreement.Measured) agreement).value();
    }

    @ParameterizedTest
    @CsvSource({"NOMINAL, 0.743", "ORDINAL, 0.815", "INTERVAL, 0.849"})
    void alphaMatchesKrippendorffsExample(Level level, double expected) {
        Agreement alpha = KrippendorffAlpha.of(units(), level);
        assertThat(value(alpha)).isCloseTo(expected, within(5e-4));
        assertThat(alpha).isInstanceOfSatisfying(Agreement.Measured.class, measured -> {
            assertThat(measured.units()).isEqualTo(11);
            assertThat(measured.ratings()).isEqualTo(40);
        });
    }

    /** Reference: Gwet 2008 on the same data, 0.775. */
    @Test
    void chanceCorrectedAgreementMatchesReference() {
        assertThat(value(GwetAc1.of(units()))).isCloseTo(0.775, within(5e-4));
    }

    /** Reference: Gwet 2008: 90 yes/yes, 5 yes/no, 5 no/yes; kappa is -0.053. */
    @Test
    void highPrevalenceDoesNotCollapseTheCoefficient() {
        List<double[]> units = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            units.add(i < 90 ? new double[] {1, 1} : i < 95 ? new double[] {1, 0} : new double[] {0, 1});
        }
        double[][] table = units.toArray(double[][]::new);
        assertThat(value(GwetAc1.of(table))).isCloseTo(0.889, within(1e-3));
        assertThat(value(KrippendorffAlpha.of(table, Level.NOMINAL))).isLessThan(0);
    }

    @Test
    void fullAgreementIsOneAndSystematicDisagreementIsNegative() {
        double[][] agreeing = {{1, 1}, {2, 2}, {3, 3}};
        double[][] opposed = {{1, 2}, {2, 1}, {1, 2}};
        for (Level level : Level.values()) {
            assertThat(value(KrippendorffAlpha.of(agreeing, level))).isEqualTo(1);
            assertThat(value(KrippendorffAlpha.of(opposed, level))).isNegative();
        }
        assertThat(value(GwetAc1.of(agreeing))).isEqualTo(1);
        assertThat(value(GwetAc1.of(opposed))).isNegative();
    }

    @Test
    void withoutVariationOrOverlapThereIsAReasonInsteadOfANumber() {
        double[][] same = {{1, 1}, {1, 1}};
        double[][] single = {{1}, {2}, {}};
        assertThat(KrippendorffAlpha.of(same, Level.NOMINAL))
                .isEqualTo(new Agreement.Undefined("all ratings are the same"));
        assertThat(value(GwetAc1.of(same))).isEqualTo(1);
        assertThat(KrippendorffAlpha.of(single, Level.NOMINAL))
                .isEqualTo(new Agreement.Undefined("no unit has two ratings"));
        assertThat(GwetAc1.of(single)).isEqualTo(new Agreement.Undefined("no unit has two ratings"));
    }
}
