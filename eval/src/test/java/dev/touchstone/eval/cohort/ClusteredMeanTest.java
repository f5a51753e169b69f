package dev.touchstone.eval.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.inference.IndexedRandom;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusteredMeanTest {

    private static final ClusterBootstrap BOOTSTRAP = new ClusterBootstrap(IndexedRandom.of(1, "test"), 400, 0.95);

    private static Figure.Known mean(double[][] groups) {
        return ClusteredMean.of(groups, "1", Optional.empty(), BOOTSTRAP)
                .known()
                .orElseThrow();
    }

    /** Values of a prompt share a skewed part; the mean is 1. */
    private static double[][] groups(Random random, int prompts, int images) {
        double[][] groups = new double[prompts][images];
        for (double[] group : groups) {
            double shared = -Math.log(1 - random.nextDouble());
            for (int i = 0; i < images; i++) {
                group[i] = 0.8 * shared + 0.2 * -Math.log(1 - random.nextDouble());
            }
        }
        return groups;
    }

    /** Student's t over few skewed prompts, beside the BCa interval of before, which is several points worse over the fewest. */
    @ParameterizedTest
    @CsvSource({"5, 2, 0.86, 0.82", "6, 1, 0.86, 0.83", "12, 2, 0.88, 0.90", "23, 4, 0.87, 0.94"})
    void overFewPromptsStudentsTHoldsBetterThanTheBootstrap(int prompts, int images, double least, double mostBefore) {
        Random random = new Random(prompts);
        int runs = 600;
        int covered = 0;
        int before = 0;
        for (int run = 0; run < runs; run++) {
            double[][] groups = groups(random, prompts, images);
            covered += mean(groups).interval().orElseThrow().contains(1) ? 1 : 0;
            Interval bca = new ClusterBootstrap(IndexedRandom.of(run, "before"), 400, 0.95)
                    .accelerated(prompts, drawn -> {
                        double sum = 0;
                        for (int g : drawn) {
                            for (double value : groups[g]) {
                                sum += value / images;
                            }
                        }
                        return sum / drawn.length;
                    });
            before += bca.contains(1) ? 1 : 0;
        }
        assertThat(covered / (double) runs)
                .as("%d prompts, before %d", prompts, before)
                .isGreaterThan(least);
        assertThat(before / (double) runs).as("before").isLessThan(mostBefore);
    }

    /** Reference: statsmodels' cluster-robust standard error of a mean with its small-sample factor, by hand for two sizes. */
    @Test
    void errorIsThatOfTheSumsThatAreLeft() {
        double[][] groups = {{1, 2}, {3}, {5, 4}, {2}, {0, 1}};
        // Mean 2.25; left 3 - 4.5, 3 - 2.25, 9 - 4.5, 2 - 2.25, 1 - 4.5: squares 2.25, .5625, 20.25, .0625, 12.25 are
        // 35.375.
        double error = Math.sqrt(35.375 * 5 / 4) / 8;
        Figure.Known known = mean(groups);
        assertThat(known.value()).isCloseTo(2.25, within(1e-15));
        assertThat(known.interval().orElseThrow().upper()).isCloseTo(2.25 + 2.7764451051977987 * error, within(1e-8));
        assertThat(known.method()).contains("Student");
    }

    @Test
    void fewerThanFivePromptsHaveNoIntervalAndEqualOnesNeither() {
        assertThat(mean(new double[][] {{1}, {2}, {3}, {4}}).interval()).isEmpty();
        Figure.Known equal = mean(new double[][] {{1}, {1, 1}, {1}, {1}, {1}, {1}});
        assertThat(equal.interval()).isEmpty();
        assertThat(equal.method()).contains("alike");
    }

    @Test
    void sixtyPromptsAreResampled() {
        assertThat(mean(groups(new Random(1), 60, 2)).method()).contains("BCa");
        assertThat(mean(groups(new Random(1), 59, 2)).method()).contains("Student");
    }
}
