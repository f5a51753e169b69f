package dev.touchstone.metrics.metric.kid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.metric.MetricException;
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

        // Leaving one cluster out by hand, over more than one tile.
        int[] thirds =
                java.util.stream.IntStream.range(0, 1100).map(i -> i / 367).toArray();
        double[] leftOfA = new double[3];
        double[] leftOfB = new double[3];
        for (int out = 0; out < 3; out++) {
            int left = out;
            int[] rest = java.util.stream.IntStream.range(0, 1100)
                    .filter(i -> thirds[i] != left)
                    .toArray();
            int[] ofRest = java.util.Arrays.stream(rest).map(i -> thirds[i]).toArray();
            leftOfA[out] = byHand(a.select(rest), ofRest, b, thirds);
            leftOfB[out] = byHand(a, thirds, b.select(rest), ofRest);
        }
        UnbiasedEstimate clustered = KernelInceptionDistance.unbiased(a, thirds, b, thirds);
        assertThat(clustered.value()).isCloseTo(byHand(a, thirds, b, thirds), within(1e-12));
        assertThat(clustered.standardError())
                .isCloseTo(Math.sqrt(jackknife(leftOfA) + jackknife(leftOfB)), within(1e-12));
    }

    /** Mean kernel over pairs of different prompts on each side, less twice the mean over pairs of the two sides. */
    private static double byHand(Matrix a, int[] promptsOfA, Matrix b, int[] promptsOfB) {
        return meanKernel(a, promptsOfA, a, promptsOfA)
                + meanKernel(b, promptsOfB, b, promptsOfB)
                - 2 * meanKernel(a, fill(a.rows(), -1), b, fill(b.rows(), -2));
    }

    private static int[] fill(int n, int value) {
        int[] filled = new int[n];
        java.util.Arrays.fill(filled, value);
        return filled;
    }

    private static double meanKernel(Matrix first, int[] ofFirst, Matrix second, int[] ofSecond) {
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < first.rows(); i++) {
            for (int j = 0; j < second.rows(); j++) {
                if (ofFirst[i] != ofSecond[j]) {
                    double product = 0;
                    for (int k = 0; k < first.columns(); k++) {
                        product += first.value(i, k) * second.value(j, k);
                    }
                    sum += Math.pow(product / first.columns() + 1, 3);
                    pairs++;
                }
            }
        }
        return sum / pairs;
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
            int[] ofRest = java.util.Arrays.stream(rest).map(i -> prompts[i]).toArray();
            leftOfA[p] = byHand(a.select(rest), ofRest, b, singles);
        }
        double[] leftOfB = new double[9];
        for (int p = 0; p < 9; p++) {
            int out = p;
            int[] rest =
                    java.util.stream.IntStream.range(0, 9).filter(i -> i != out).toArray();
            leftOfB[p] = byHand(a, prompts, b.select(rest), rest);
        }
        double expected = Math.sqrt(jackknife(leftOfA) + jackknife(leftOfB));

        UnbiasedEstimate estimate = KernelInceptionDistance.unbiased(a, prompts, b, singles);
        assertThat(estimate.value()).isCloseTo(byHand(a, prompts, b, singles), within(1e-12));
        assertThat(estimate.standardError()).isCloseTo(expected, within(1e-12));
        assertThat(estimate.interval().low()).isLessThan(estimate.value());
    }

    /**
     * Both sides come of one source, so the truth is 0. With every image a cluster of its own, as before, the mean is several
     * standard errors above it; prompt by prompt it is not.
     */
    @Test
    void imagesOfOnePromptAreNotTakenForADistance() {
        RandomState source = new RandomState(7);
        int repeats = 400;
        double[] clustered = new double[repeats];
        double[] pooled = new double[repeats];
        int[] prompts = java.util.stream.IntStream.range(0, 10).map(i -> i / 2).toArray();
        int[] singles = java.util.stream.IntStream.range(0, 100).toArray();
        for (int repeat = 0; repeat < repeats; repeat++) {
            Matrix generated = clustered(source, 5, 2, 8, 0.8);
            Matrix reference = Samples.gaussian(source, 100, 8);
            clustered[repeat] = KernelInceptionDistance.unbiased(generated, prompts, reference, singles)
                    .value();
            pooled[repeat] =
                    KernelInceptionDistance.unbiased(generated, reference).value();
        }
        assertThat(Math.abs(mean(clustered)))
                .as("seed 7: %s", mean(clustered))
                .isLessThan(3 * standardError(clustered));
        assertThat(mean(pooled)).as("seed 7").isGreaterThan(10 * standardError(pooled));
    }

    /** Over 5 prompts Student's t covers the truth in nine of ten sets (kernels are skewed), 1.96 standard errors in 84 of 100. */
    @Test
    void intervalOverFewPromptsIsWideEnough() {
        RandomState source = new RandomState(11);
        int repeats = 600;
        int student = 0;
        int normal = 0;
        int[] prompts = java.util.stream.IntStream.range(0, 10).map(i -> i / 2).toArray();
        int[] singles = java.util.stream.IntStream.range(0, 100).toArray();
        double truth = shiftedTruth();
        for (int repeat = 0; repeat < repeats; repeat++) {
            Matrix generated = clustered(source, 5, 2, 8, 0.8);
            for (int i = 0; i < generated.values().length; i++) {
                generated.values()[i] += 1;
            }
            UnbiasedEstimate estimate =
                    KernelInceptionDistance.unbiased(generated, prompts, Samples.gaussian(source, 100, 8), singles);
            student +=
                    Math.abs(estimate.value() - truth) <= (estimate.interval().high() - estimate.value()) ? 1 : 0;
            normal += Math.abs(estimate.value() - truth) <= 1.96 * estimate.standardError() ? 1 : 0;
        }
        assertThat(student).as("seed 11, of 600, normal %d", normal).isBetween(528, 594);
        assertThat(normal).as("seed 11, of 600").isLessThan(520);
    }

    /**
     * KID of N(1, I) and N(0, I) in 8 dimensions: with p = x'y / 8, E (p + 1)^3 = 1 + 3 E p + 3 E p^2 + E p^3, where E p is
     * a'b / 8, E p^2 = (8 + |a|^2 + |b|^2 + (a'b)^2) / 64 and E p^3 = a'b (3 (8 + |a|^2 + |b|^2) + 6 + (a'b)^2) / 512 for means a and b.
     */
    private static double shiftedTruth() {
        double aa = expected(8, 8, 8);
        double bb = expected(0, 0, 0);
        double ab = expected(0, 8, 0);
        return aa + bb - 2 * ab;
    }

    private static double expected(double inner, double first, double second) {
        double square = (8 + first + second + inner * inner) / 64;
        double cube = inner * (3 * (8 + first + second) + 6 + inner * inner) / 512;
        return 1 + 3 * inner / 8 + 3 * square + cube;
    }

    /** Gaussian rows, images of one prompt one after the other, with a correlation between them. */
    private static Matrix clustered(RandomState source, int prompts, int images, int d, double correlation) {
        Matrix shared = Samples.gaussian(source, prompts, d);
        Matrix own = Samples.gaussian(source, prompts * images, d);
        double[] values = own.values();
        for (int at = 0; at < values.length; at++) {
            int prompt = at / d / images;
            values[at] =
                    Math.sqrt(correlation) * shared.value(prompt, at % d) + Math.sqrt(1 - correlation) * values[at];
        }
        return own;
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = java.util.Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
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
}
