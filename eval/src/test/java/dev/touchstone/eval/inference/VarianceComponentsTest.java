package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VarianceComponentsTest {

    /** Reference: scipy 1.17 {@code f_oneway} for the mean squares, n0 by hand (Searle et al. 1992, eq. 3.64). */
    @Test
    void unbalancedGroupsMatchReference() {
        double[][] groups = {{3.1, 2.9, 3.6}, {4.8, 5.1}, {2.0, 2.6, 2.2, 1.9}, {3.9}};
        VarianceComponents components = VarianceComponents.of(groups);
        assertThat(components.within()).isCloseTo(0.09875, within(1e-9));
        assertThat(components.between()).isCloseTo(1.50289286, within(1e-6));
        assertThat(components.truncated()).isEqualTo(VarianceComponents.Truncation.NONE);
        assertThat(components.groups()).isEqualTo(4);
        assertThat(components.n()).isEqualTo(10);
    }

    @Test
    void groupsThatAreMoreAlikeThanChanceAreTruncatedAndSaid() {
        VarianceComponents components = VarianceComponents.of(new double[][] {{0, 1}, {1, 0}, {0, 1}});
        assertThat(components.between()).isZero();
        assertThat(components.truncated()).isEqualTo(VarianceComponents.Truncation.BETWEEN_SET_TO_ZERO);
        assertThat(components.betweenShare()).isZero();
    }

    @Test
    void recoversKnownComponents() {
        IndexedRandom random = IndexedRandom.of(11, "components");
        double[][] groups = new double[3000][2];
        for (int g = 0; g < groups.length; g++) {
            double effect = uniform(random, 3L * g) * 2;
            for (int i = 0; i < 2; i++) {
                groups[g][i] = effect + uniform(random, 3L * g + 1 + i);
            }
        }
        VarianceComponents components = VarianceComponents.of(groups);
        assertThat(components.between()).isCloseTo(4.0 / 12, within(0.02));
        assertThat(components.within()).isCloseTo(1.0 / 12, within(0.005));
        assertThat(components.betweenShare()).isCloseTo(0.8, within(0.02));
    }

    @Test
    void oneValuePerGroupCannotTellTheComponentsApart() {
        assertThat(VarianceComponents.identifiable(new double[][] {{1}, {2}})).isFalse();
        assertThat(VarianceComponents.identifiable(new double[][] {{1, 2}, {}})).isFalse();
        assertThatThrownBy(() -> VarianceComponents.of(new double[][] {{1}, {2}}))
                .hasMessageContaining("two groups");
    }

    @Test
    void noVarianceHasNoShares() {
        VarianceComponents components = VarianceComponents.of(new double[][] {{2, 2}, {2, 2}});
        assertThat(components.total()).isZero();
        assertThatThrownBy(components::betweenShare).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEffectiveSampleShrinksWithAgreementInsideClusters() {
        assertThat(EffectiveSample.of(new double[][] {{1, 1}, {0, 0}, {1, 1}}).size())
                .isCloseTo(3, within(1e-9));
        assertThat(EffectiveSample.of(new double[][] {{1, 0}, {0, 1}, {1, 0}}).size())
                .isEqualTo(6);
        assertThat(EffectiveSample.of(new double[][] {{1}, {0}, {1}}).size()).isEqualTo(3);
    }

    /** Property: at the effective sample size Wilson's interval covers a clustered rate about as often as it says. */
    @Test
    void intervalsAtTheEffectiveSampleSizeCoverClusteredRates() {
        IndexedRandom random = IndexedRandom.of(17, "clusters");
        int rounds = 1500;
        int covered = 0;
        int naive = 0;
        for (int round = 0; round < rounds; round++) {
            double[][] groups = new double[30][4];
            double yes = 0;
            for (int g = 0; g < groups.length; g++) {
                long at = (round * 30L + g) * 5;
                // Accept probability 0.95 or 0.45 per cluster, mean 0.7, correlation within clusters 0.30.
                double accept = uniform(random, at) < 0.5 ? 0.95 : 0.45;
                for (int i = 0; i < 4; i++) {
                    groups[g][i] = uniform(random, at + 1 + i) < accept ? 1 : 0;
                    yes += groups[g][i];
                }
            }
            EffectiveSample sample = EffectiveSample.of(groups);
            double rate = yes / 120;
            covered +=
                    WilsonInterval.of(rate * sample.size(), sample.size(), 0.95).contains(0.7) ? 1 : 0;
            naive += WilsonInterval.of(yes, 120, 0.95).contains(0.7) ? 1 : 0;
        }
        assertThat(covered / (double) rounds).as("seed 17").isBetween(0.93, 0.98);
        assertThat(naive / (double) rounds).as("ignoring clusters, seed 17").isLessThan(0.90);
    }

    @Test
    void anUnknownCorrelationTakesTheCautiousEnd() {
        EffectiveSample sample = EffectiveSample.of(new double[][] {{1, 1}, {1, 1}, {1, 1}});
        assertThat(sample.correlation()).isEqualTo(1);
        assertThat(sample.size()).isCloseTo(3, within(1e-9));
        assertThat(EffectiveSample.of(new double[][] {{1, 0, 1}}).size()).isCloseTo(1, within(1e-9));
    }

    @Test
    void medianAbsoluteDeviationIgnoresAnOutlier() {
        assertThat(RobustSpread.medianAbsoluteDeviation(new double[] {1, 2, 3, 4, 100}))
                .isEqualTo(1);
        assertThat(RobustSpread.medianAbsoluteDeviation(new double[] {5})).isZero();
    }

    private static double uniform(IndexedRandom random, long index) {
        return (random.bits(index) >>> 11) * 0x1p-53;
    }
}
