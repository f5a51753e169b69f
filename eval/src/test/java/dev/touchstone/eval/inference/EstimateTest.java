package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    /** Reference: scipy 1.17, {@code ttest_1samp(d, 0.2, alternative="less")} and {@code ttest_1samp(d, 0)}. */
    @Test
    void aMeanMatchesStudentsTest() {
        StudentEstimate mean = StudentEstimate.of(new double[] {0.1, -0.2, 0.05, 0.3, 0.12, -0.01}, "t");
        assertThat(mean.value()).isCloseTo(0.06, within(1e-12));
        assertThat(mean.below(0.2)).isCloseTo(0.0458027471028488, within(1e-9));
        assertThat(mean.above(0.2)).isCloseTo(1 - 0.0458027471028488, within(1e-9));
        assertThat(mean.interval(0.90).lower()).isCloseTo(-0.07537366321980532, within(1e-8));
        assertThat(mean.interval(0.90).upper()).isCloseTo(0.19537366321980532, within(1e-8));
    }

    @Test
    void aMeanWithoutSpreadIsDecidedByTheValueAlone() {
        StudentEstimate mean = StudentEstimate.of(new double[] {2, 2, 2}, "t");
        assertThat(mean.below(2.1)).isZero();
        assertThat(mean.below(2)).isEqualTo(1);
        assertThat(mean.interval(0.95)).isEqualTo(new Interval(2, 2, 0.95));
    }

    @Test
    void aMeanNeedsTwoUnits() {
        assertThatThrownBy(() -> StudentEstimate.of(new double[] {1}, "t")).hasMessageContaining("found 1");
    }

    @Test
    void sharesThatAgreeEverywhereStillHaveAnInterval() {
        double[][] all = {{1, 1}, {1, 1}, {1, 1}, {1, 1}, {1, 1}};
        Interval interval = StudentEstimate.ofShares(all, all).interval(0.95);
        assertThat(interval.upper()).isGreaterThan(0.3);
        assertThat(interval.lower()).isEqualTo(-interval.upper());
    }

    @Test
    void testsAndIntervalsOfSkewedSharesAgree() {
        double[][] before = new double[40][];
        double[][] after = new double[40][];
        for (int i = 0; i < 40; i++) {
            before[i] = new double[] {1, 1};
            after[i] = i % 13 == 0 ? new double[] {0, 0} : new double[] {1, 1};
        }
        StudentEstimate difference = StudentEstimate.ofShares(after, before);
        assertThat(difference.skewness()).isLessThan(-0.1);
        Interval interval = difference.interval(0.90);
        assertThat(difference.above(interval.lower())).isCloseTo(0.05, within(1e-9));
        assertThat(difference.below(interval.upper())).isCloseTo(0.05, within(1e-9));
        assertThat(interval.upper() - difference.value()).isLessThan(difference.value() - interval.lower());
    }

    @Test
    void fixedWeightsDoNotMoveWithTheMix() {
        StudentEstimate large = StudentEstimate.of(new double[] {0.1, 0.2, 0.1, 0.2, 0.1, 0.2}, "t");
        StudentEstimate small = StudentEstimate.of(new double[] {0.5, 0.7}, "t");
        StudentEstimate overall = StudentEstimate.weighted(List.of(large, small), new double[] {0.5, 0.5});
        assertThat(overall.value()).isCloseTo((0.15 + 0.6) / 2, within(1e-12));
        assertThat(overall.standardError())
                .isCloseTo(Math.hypot(large.standardError(), small.standardError()) / 2, within(1e-12));
        assertThat(overall.degreesOfFreedom()).isBetween(1.0, 2.0);
    }

    /** Reference: scipy 1.17, {@code ttest_1samp(a - k * b, 0)} with one-sided alternatives. */
    @Test
    void aRatioIsTestedThroughItsContrast() {
        double[] a = {1.2, 2.0, 1.7, 2.5, 1.1, 1.9};
        double[] b = {1.0, 1.9, 1.5, 2.2, 1.2, 1.6};
        RatioEstimate ratio = RatioEstimate.of(a, b, "ratio");
        assertThat(ratio.value()).isCloseTo(1.1063829787234043, within(1e-12));
        assertThat(ratio.below(1.2)).isCloseTo(0.023914214798149598, within(1e-9));
        assertThat(ratio.above(1.0)).isCloseTo(0.02109699835276217, within(1e-9));
    }

    @Test
    void testsAndIntervalsOfARatioAgree() {
        double[] a = {1.2, 2.0, 1.7, 2.5, 1.1, 1.9};
        double[] b = {1.0, 1.9, 1.5, 2.2, 1.2, 1.6};
        RatioEstimate ratio = RatioEstimate.of(a, b, "ratio");
        Interval interval = ratio.interval(0.90);
        assertThat(ratio.below(interval.upper())).isCloseTo(0.05, within(1e-9));
        assertThat(ratio.above(interval.lower())).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void equalRatiosHaveNoDifference() {
        double[] cost = {1, 2, 3, 4};
        double[] usable = {1, 0, 2, 1};
        RatioEstimate ratio = RatioEstimate.ofRatios(cost, usable, cost, usable, "ratio of ratios");
        assertThat(ratio.value()).isEqualTo(1);
        assertThat(ratio.above(1)).isEqualTo(1);
        assertThat(ratio.below(1)).isEqualTo(1);
    }

    /** Reference: scipy 1.17, {@code norm.sf((0.85 - 0.8) / sqrt(0.8 * 0.2 / 20))}. */
    @Test
    void aRateIsTestedByItsScore() {
        double[][] single = new double[20][];
        Arrays.setAll(single, i -> new double[] {i < 17 ? 1 : 0});
        RateEstimate rate = RateEstimate.of(single);
        assertThat(rate.above(0.8)).isCloseTo(0.2880750610152898, within(1e-9));
        assertThat(rate.interval(0.95)).isEqualTo(WilsonInterval.of(17, 20, 0.95));
        assertThat(rate.above(rate.interval(0.90).lower())).isCloseTo(0.05, within(1e-9));
    }

    /** Reference: scipy 1.17, {@code binomtest(3, 100, 0.05, "less")} and {@code binomtest(9, 100, 0.05, "greater")}. */
    @Test
    void aQuantileIsTestedByWhatLiesBeyond() {
        double[] values = new double[100];
        Arrays.setAll(values, i -> i + 1);
        QuantileEstimate p95 = new QuantileEstimate(values, 0.95);
        assertThat(p95.below(97.5)).isCloseTo(0.2578386591160152, within(1e-9));
        assertThat(p95.above(91.5)).isCloseTo(0.06308959062744876, within(1e-9));
        assertThat(p95.interval(0.95)).isEqualTo(new Interval(90, 100, 0.95));
    }

    @Test
    void aSmallSampleHasNoUpperLimitOfAHighQuantile() {
        QuantileEstimate p95 = new QuantileEstimate(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.95);
        assertThat(p95.interval(0.95).upper()).isInfinite();
        assertThat(p95.interval(0.95).lower()).isBetween(1.0, 9.0);
    }

    /** Reference: MLPerf Inference, loadgen early stopping, d = 0 and c = 0.99. */
    @ParameterizedTest
    @CsvSource({
        "0.50, 7, 11, 22, 128",
        "0.90, 44, 64, 127, 681",
        "0.95, 90, 130, 259, 1372",
        "0.97, 152, 219, 433, 2293",
        "0.99, 459, 662, 1307, 6898",
        "0.999, 4603, 6636, 13105, 69058"
    })
    void requestsNeededMatchMlperf(double p, int none, int one, int five, int fifty) {
        assertThat(QuantileEstimate.needed(p, 0, 0.99)).isEqualTo(none);
        assertThat(QuantileEstimate.needed(p, 1, 0.99)).isEqualTo(one);
        assertThat(QuantileEstimate.needed(p, 5, 0.99)).isEqualTo(five);
        assertThat(QuantileEstimate.needed(p, 50, 0.99)).isEqualTo(fifty);
    }

    @Test
    void aPairedQuantileFindsAPlantedRatio() {
        IndexedRandom random = IndexedRandom.of(3, "paired quantile");
        double[] base = new double[400];
        double[] slower = new double[400];
        for (int i = 0; i < 400; i++) {
            base[i] = 1 + random.below(1000, i) / 1000.0;
            slower[i] = base[i] * 1.1 * (1 + random.below(100, 1000 + i) / 10_000.0);
        }
        var ratio = new PairedQuantileEstimate(slower, base, 0.9, PairedQuantileEstimate.Shift.RATIO);
        assertThat(ratio.interval(0.95).lower()).isGreaterThan(1.08);
        assertThat(ratio.interval(0.95).upper()).isLessThan(1.13);
        assertThat(ratio.above(1.0)).isLessThan(1e-4);
        var same = new PairedQuantileEstimate(base, base, 0.9, PairedQuantileEstimate.Shift.RATIO);
        assertThat(same.above(1)).isEqualTo(1);
        assertThat(same.below(1)).isEqualTo(1);
    }

    @Test
    void aPairedRatioOfQuantilesRefusesZeros() {
        assertThatThrownBy(() -> new PairedQuantileEstimate(
                        new double[] {1, 0}, new double[] {1, 2}, 0.5, PairedQuantileEstimate.Shift.RATIO))
                .hasMessageContaining("above 0 for a ratio");
    }
}
