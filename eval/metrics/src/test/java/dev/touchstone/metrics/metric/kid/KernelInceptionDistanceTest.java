package dev.touchstone.metrics.metric.kid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import org.junit.jupiter.api.Test;

/**
 * Reference values: NumPy transcription of torch-fidelity 5e211a9 {@code kid_features_to_metric} in float64 and float32,
 * 100 subsets of 100, seed 2020, on {@code RandomState(2023)}: {@code randn(300, 16)} and {@code randn(250, 16) * 1.1 + 0.1}.
 */
class KernelInceptionDistanceTest {

    private final RandomState random = new RandomState(2023);
    private final Matrix x = Samples.gaussian(random, 300, 16);
    private final Matrix y = Samples.gaussian(random, 250, 16, 1.1, 0.1);

    @Test
    void subsetsEqualTheReferenceImplementation() {
        SubsetEstimate estimate = KernelInceptionDistance.subsets(x, y, SubsetProtocol.TORCH_FIDELITY.withSize(100));

        assertThat(estimate.mean()).isCloseTo(0.06007025840790206, within(1e-14));
        assertThat(estimate.standardDeviation()).isCloseTo(0.0371064431512852, within(1e-14));
        assertThat(estimate.values().get(0)).isCloseTo(0.0639478959675488, within(1e-14));
        assertThat(estimate.mean()).as("float32").isCloseTo(0.06007024645805359, within(1e-6 * 0.06));
    }

    @Test
    void subsetsComputedOneByOneAreTheSame() {
        SubsetKernels lookedUp = SubsetKernels.lookedUp(x, y);
        SubsetKernels computed = SubsetKernels.computed(x, y);
        int[] first = new RandomState(5).choice(300, 40);
        int[] second = new RandomState(6).choice(250, 40);
        assertThat(computed.discrepancy(first, second)).isCloseTo(lookedUp.discrepancy(first, second), within(1e-13));
    }

    @Test
    void fullEstimateIsTheSubsetOfEverything() {
        Matrix head = x.select(new RandomState(1).permutation(250));
        SubsetEstimate all = KernelInceptionDistance.subsets(head, y, new SubsetProtocol(1, 250, 0));
        assertThat(KernelInceptionDistance.unbiased(head, y).value()).isCloseTo(all.mean(), within(1e-12));
    }

    @Test
    void fullEstimateOfSeveralTilesIsTheSubsetOfEverything() {
        Matrix a = Samples.gaussian(random, 1100, 4);
        Matrix b = Samples.gaussian(random, 1100, 4, 1, 0.2);
        SubsetEstimate all = KernelInceptionDistance.subsets(a, b, new SubsetProtocol(1, 1100, 0));
        UnbiasedEstimate estimate = KernelInceptionDistance.unbiased(a, b);
        assertThat(estimate.value()).isCloseTo(all.mean(), within(1e-12));

        // Leaving one cluster of the last tile out by hand.
        int[] pairs =
                java.util.stream.IntStream.range(0, 1100).map(i -> i / 550).toArray();
        int[] head = java.util.stream.IntStream.range(0, 550).toArray();
        int[] tail = java.util.stream.IntStream.range(550, 1100).toArray();
        double first = KernelInceptionDistance.unbiased(a.select(tail), b).value();
        double second = KernelInceptionDistance.unbiased(a.select(head), b).value();
        double third = KernelInceptionDistance.unbiased(a, b.select(tail)).value();
        double fourth = KernelInceptionDistance.unbiased(a, b.select(head)).value();
        assertThat(KernelInceptionDistance.unbiased(a, pairs, b, pairs).standardError())
                .isCloseTo(
                        Math.sqrt(jackknife(new double[] {first, second}) + jackknife(new double[] {third, fourth})),
                        within(1e-12));
    }

    @Test
    void jackknifeEqualsLeavingEachPromptOutForReal() {
        Matrix a = x.select(new RandomState(1).choice(300, 12));
        Matrix b = y.select(new RandomState(2).choice(250, 9));
        int[] prompts = {0, 0, 1, 1, 1, 2, 3, 4, 4, 5, 6, 7};
        int[] singles = {0, 1, 2, 3, 4, 5, 6, 7, 8};

        double[] leftOfA = new double[8];
        for (int p = 0; p < 8; p++) {
            int out = p;
            int[] rest = java.util.stream.IntStream.range(0, 12)
                    .filter(i -> prompts[i] != out)
                    .toArray();
            leftOfA[p] = KernelInceptionDistance.unbiased(a.select(rest), b).value();
        }
        double[] leftOfB = new double[9];
        for (int p = 0; p < 9; p++) {
            int out = p;
            int[] rest =
                    java.util.stream.IntStream.range(0, 9).filter(i -> i != out).toArray();
            leftOfB[p] = KernelInceptionDistance.unbiased(a, b.select(rest)).value();
        }
        double expected = Math.sqrt(jackknife(leftOfA) + jackknife(leftOfB));

        UnbiasedEstimate estimate = KernelInceptionDistance.unbiased(a, prompts, b, singles);
        assertThat(estimate.standardError()).isCloseTo(expected, within(1e-12));
        assertThat(estimate.interval().low()).isLessThan(estimate.value());
    }

    private static double jackknife(double[] values) {
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        return java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                * (values.length - 1)
                / values.length;
    }

    @Test
    void intervalCoversZeroForSetsOfOneSourceAboutNineteenTimesInTwenty() {
        RandomState source = new RandomState(99);
        int covered = 0;
        for (int i = 0; i < 200; i++) {
            UnbiasedEstimate estimate = KernelInceptionDistance.unbiased(
                    Samples.gaussian(source, 40, 4), Samples.gaussian(source, 40, 4, 1, 0.4));
            covered += Math.abs(estimate.value() - 0.779296) <= 1.96 * estimate.standardError() ? 1 : 0;
        }
        assertThat(covered).as("seed 99, of 200").isBetween(175, 200);
    }

    @Test
    void tooFewImagesNameTheLargestSubset() {
        assertThatThrownBy(() -> KernelInceptionDistance.subsets(x, y, SubsetProtocol.TORCH_FIDELITY))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining(
                        "expected at least 1000 images on each side, found 300 generated and 250 reference")
                .hasMessageContaining("at most 250");
    }

    @Test
    void noiseFloorOfOneSetLiesAroundZeroAndDoesNotDependOnTheClock() {
        NoiseFloor floor = NoiseFloor.measure(
                x, 100, 20, 42, (a, b) -> KernelInceptionDistance.unbiased(a, b).value());
        NoiseFloor again = NoiseFloor.measure(
                x, 100, 20, 42, (a, b) -> KernelInceptionDistance.unbiased(a, b).value());

        assertThat(floor).isEqualTo(again);
        assertThat(floor.n()).isEqualTo(100);
        assertThat(floor.values()).hasSize(20);
        assertThat(floor.quantile(0.05)).isNegative();
        assertThat(floor.quantile(0.95)).isPositive();
        assertThat(NoiseFloor.measure(x, 400, 1, 42, (a, b) -> a.rows()).n())
                .as("halves where the set is small")
                .isEqualTo(150);
    }
}
