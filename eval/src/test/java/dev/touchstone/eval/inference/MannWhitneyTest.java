package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {

    private static final double[] FIRST = {1.1, 2.2, 2.2, 3.5, 4.0, 5.1, 0.3};
    private static final double[] SECOND = {2.2, 4.4, 6.1, 5.1, 7.0, 3.9, 8.2, 9.9, 4.0};

    /** Reference: scipy 1.17, {@code stats.mannwhitneyu(a, b, method="asymptotic")} and {@code stats.fisher_exact}. */
    @Test
    void pValuesMatchScipy() {
        MannWhitney.Result result = MannWhitney.test(FIRST, SECOND);
        assertThat(result.superiority()).isCloseTo(9.0 / 63, within(1e-12));
        assertThat(result.p()).isCloseTo(0.019331850679168507, within(1e-12));
        assertThat(FisherExact.pValue(3, 10, 15, 20)).isCloseTo(0.04504011730398537, within(1e-12));
        assertThat(FisherExact.pValue(0, 5, 12, 115)).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneFarValueDecidesNothing() {
        double[] few = {0, 0.1, 0.2, 0.3, 1e9};
        double[] many = new double[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 10 / 20.0;
        }
        assertThat(MannWhitney.test(few, many).p()).isGreaterThan(0.5);
        assertThat(MannWhitney.test(new double[] {1, 1}, new double[] {1}).p()).isEqualTo(1);
        assertThatThrownBy(() -> MannWhitney.test(few, new double[0])).hasMessageContaining("found 5 and 0");
        assertThatThrownBy(() -> FisherExact.pValue(3, 2, 0, 1)).hasMessageContaining("found 3 of 2");
    }

    /**
     * Reports whose cohorts are shuffled, so that none differs: with every cell compared with a whole that contains it at its own
     * 95 %, nine of ten have a coloured cell; against the rest and corrected, one of twenty.
     */
    @Test
    void shuffledCohortsAreSeldomCalledDifferent() {
        Random random = new Random(5);
        int prompts = 120;
        int[] sizes = {24, 24, 24, 24, 24, 60, 42, 8, 5, 5, 95, 20, 5, 40, 40, 40};
        int reports = 300;
        int called = 0;
        int before = 0;
        for (int report = 0; report < reports; report++) {
            List<Double> p = new ArrayList<>();
            boolean colouredBefore = false;
            for (int number = 0; number < 6; number++) {
                double[] all = new double[prompts];
                for (int i = 0; i < prompts; i++) {
                    all[i] = number % 2 == 0 ? random.nextGaussian() : Math.rint(2 * random.nextDouble()) / 2;
                }
                double mean = StudentEstimate.mean(all);
                for (int size : sizes) {
                    // Labels are drawn anew, so the first of shuffled prompts are as good as any.
                    for (int i = prompts - 1; i > 0; i--) {
                        int j = random.nextInt(i + 1);
                        double swap = all[i];
                        all[i] = all[j];
                        all[j] = swap;
                    }
                    double[] cohort = java.util.Arrays.copyOfRange(all, 0, size);
                    double[] rest = java.util.Arrays.copyOfRange(all, size, prompts);
                    p.add(MannWhitney.test(cohort, rest).p());
                    colouredBefore |=
                            !StudentEstimate.of(cohort, "").interval(0.95).contains(mean);
                }
            }
            double[] adjusted = HolmCorrection.adjusted(
                    p.stream().mapToDouble(Double::doubleValue).toArray());
            called += java.util.Arrays.stream(adjusted).anyMatch(one -> one <= 0.05) ? 1 : 0;
            before += colouredBefore ? 1 : 0;
        }
        assertThat(called / (double) reports).as("before %d of 300", before).isLessThan(0.08);
        assertThat(before / (double) reports).isGreaterThan(0.8);
    }
}
