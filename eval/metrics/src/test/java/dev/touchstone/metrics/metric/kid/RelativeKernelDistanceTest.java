package dev.touchstone.metrics.metric.kid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelativeKernelDistanceTest {

    private static final int DIMENSION = 6;

    /** A set whose pictures of one prompt lie together. */
    private static FeatureMatrix set(int prompts, int images, double shift, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        RandomGenerator shared = new SplittableRandom(seed % 1000);
        float[] values = new float[prompts * images * DIMENSION];
        for (int p = 0; p < prompts; p++) {
            double[] centre = new double[DIMENSION];
            Arrays.setAll(centre, k -> 0.7 * shared.nextGaussian());
            for (int i = 0; i < images; i++) {
                for (int k = 0; k < DIMENSION; k++) {
                    values[(p * images + i) * DIMENSION + k] =
                            (float) (centre[k] + 0.7 * random.nextGaussian() + (k == 0 ? shift : 0));
                }
            }
        }
        return new FeatureMatrix(prompts * images, DIMENSION, values);
    }

    private static int[] clusters(int prompts, int images) {
        return IntStream.range(0, prompts * images).map(row -> row / images).toArray();
    }

    private static int[] without(int rows, int from, int count) {
        return IntStream.range(0, rows)
                .filter(row -> row < from || row >= from + count)
                .toArray();
    }

    @Test
    void theValueIsTheDifferenceOfTheTwoDistances() {
        Rows base = Rows.of(set(12, 3, 0, 1));
        Rows candidate = Rows.of(set(12, 3, 0.3, 2001));
        Rows golden = Rows.of(set(40, 1, 0, 77));
        RelativeKernelDistance distance =
                RelativeKernelDistance.of(base, clusters(12, 3), candidate, clusters(12, 3), golden, 12);

        double ofBase = KernelInceptionDistance.unbiased(base, golden).value();
        double ofCandidate = KernelInceptionDistance.unbiased(candidate, golden).value();
        assertThat(distance.base()).isCloseTo(ofBase, within(1e-12));
        assertThat(distance.candidate()).isCloseTo(ofCandidate, within(1e-12));
        assertThat(distance.value()).isCloseTo(ofCandidate - ofBase, within(1e-12));
    }

    @Test
    void theStandardErrorIsThatOfLeavingOutOnePromptAndOneGoldenPictureAtATime() {
        Rows base = Rows.of(set(7, 2, 0, 3));
        Rows candidate = Rows.of(set(7, 2, 0.2, 2003));
        Rows golden = Rows.of(set(15, 1, 0, 78));
        double[] prompts = new double[7];
        for (int p = 0; p < 7; p++) {
            int[] rest = without(14, 2 * p, 2);
            prompts[p] = KernelInceptionDistance.unbiased(candidate.select(rest), golden)
                            .value()
                    - KernelInceptionDistance.unbiased(base.select(rest), golden)
                            .value();
        }
        double[] pictures = new double[15];
        for (int g = 0; g < 15; g++) {
            Rows rest = golden.select(without(15, g, 1));
            pictures[g] = KernelInceptionDistance.unbiased(candidate, rest).value()
                    - KernelInceptionDistance.unbiased(base, rest).value();
        }
        RelativeKernelDistance distance =
                RelativeKernelDistance.of(base, clusters(7, 2), candidate, clusters(7, 2), golden, 7);

        assertThat(distance.standardError())
                .isCloseTo(Math.sqrt(jackknife(prompts) + jackknife(pictures)), within(1e-10));
    }

    private static double jackknife(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() * (values.length - 1) / values.length;
    }

    /** Equal distances on both sides, so that the true difference is 0: t over prompts holds it in 95 % of draws. */
    @Test
    void theIntervalHoldsTheTruthAsOftenAsItSays() {
        int draws = 400;
        int prompts = 24;
        double t = 2.0687; // 97.5 % point of Student's t with 23 degrees of freedom
        int held = 0;
        for (int draw = 0; draw < draws; draw++) {
            long seed = 1 + draw;
            RelativeKernelDistance distance = RelativeKernelDistance.of(
                    Rows.of(set(prompts, 2, 0.5, seed)),
                    clusters(prompts, 2),
                    Rows.of(set(prompts, 2, -0.5, seed + 100_000)),
                    clusters(prompts, 2),
                    Rows.of(set(80, 1, 0, seed + 500)),
                    prompts);
            held += Math.abs(distance.value()) <= t * distance.standardError() ? 1 : 0;
        }
        assertThat(held / (double) draws).isBetween(0.92, 0.99);
    }

    @Test
    void theNearerSetIsFound() {
        RelativeKernelDistance distance = RelativeKernelDistance.of(
                Rows.of(set(40, 2, 1, 5)),
                clusters(40, 2),
                Rows.of(set(40, 2, 0, 2005)),
                clusters(40, 2),
                Rows.of(set(100, 1, 0, 80)),
                40);
        assertThat(distance.value() + 2 * distance.standardError()).isNegative();
    }

    @Test
    void refusesSetsThatAreTooSmall() {
        Rows few = Rows.of(set(2, 1, 0, 6));
        assertThatThrownBy(() -> RelativeKernelDistance.of(few, new int[] {0, 1}, few, new int[] {0, 1}, few, 2))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("at least 3 pictures");
    }
}
