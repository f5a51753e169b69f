package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Function;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Share of simulated samples whose 95 % interval holds the truth. 2,000 samples know a share of 0.95 to about 0.01 (two
 * standard errors), so bounds here are a hundredth wider than 93 to 97 %.
 */
class EstimateCoverageTest {

    private static final int SAMPLES = 2000;

    private static double coverage(double truth, Function<Random, Estimate> sample) {
        Random random = new Random(20260101);
        int held = 0;
        for (int i = 0; i < SAMPLES; i++) {
            Interval interval = sample.apply(random).interval(0.95);
            // Where every unit agrees the truth may equal a bound.
            held += interval.lower() <= truth + 1e-12 && truth - 1e-12 <= interval.upper() ? 1 : 0;
        }
        return held / (double) SAMPLES;
    }

    /** A prompt's effect on both sides, and an image's own. */
    private static double[][] pair(Random random, int prompts, int images, double correlation, double shift) {
        double[] first = new double[prompts];
        double[] second = new double[prompts];
        for (int i = 0; i < prompts; i++) {
            double prompt = random.nextGaussian() * Math.sqrt(correlation);
            for (int k = 0; k < images; k++) {
                first[i] += prompt + shift + random.nextGaussian() * Math.sqrt(1 - correlation);
                second[i] += prompt + random.nextGaussian() * Math.sqrt(1 - correlation);
            }
            first[i] /= images;
            second[i] /= images;
        }
        return new double[][] {first, second};
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 0",
        "5, 8, 0.9",
        "10, 2, 0.5",
        "20, 4, 0.9",
        "60, 1, 0.5",
        "60, 8, 0",
        "200, 2, 0.9",
        "200, 8, 0.5"
    })
    void differencesOfMeansHold(int prompts, int images, double correlation) {
        double share = coverage(0.3, random -> {
            double[][] pair = pair(random, prompts, images, correlation, 0.3);
            double[] differences = new double[prompts];
            for (int i = 0; i < prompts; i++) {
                differences[i] = pair[0][i] - pair[1][i];
            }
            return StudentEstimate.of(differences, "t");
        });
        assertThat(share).isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 0", "5, 8, 0.9", "20, 4, 0.5", "60, 1, 0.9", "200, 8, 0"})
    void ratiosOfMeansHold(int prompts, int images, double correlation) {
        // Latencies: a mean of 10 with a spread of 1, the candidate a tenth slower.
        double share = coverage(1.1, random -> {
            double[][] pair = pair(random, prompts, images, correlation, 0);
            for (int i = 0; i < prompts; i++) {
                pair[0][i] = 11 + pair[0][i];
                pair[1][i] = 10 + pair[1][i];
            }
            return RatioEstimate.of(pair[0], pair[1], "ratio");
        });
        assertThat(share).isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @CsvSource({"20, 4, 0.5", "60, 2, 0", "60, 8, 0.9", "200, 2, 0.5"})
    void costPerUsableImageHolds(int prompts, int images, double correlation) {
        // The same price per picture; usable 0.8 before and 0.6 now, so that a usable one costs 4/3 as much.
        double share = coverage(4.0 / 3, random -> {
            double[][] first = new double[2][prompts];
            double[][] second = new double[2][prompts];
            NormalDistribution normal = new NormalDistribution(null, 0, 1);
            for (int i = 0; i < prompts; i++) {
                double u = normal.cumulativeProbability(random.nextGaussian());
                for (int k = 0; k < images; k++) {
                    first[0][i] += 0.04 * (0.9 + 0.2 * random.nextDouble());
                    second[0][i] += 0.04 * (0.9 + 0.2 * random.nextDouble());
                    first[1][i] += random.nextDouble() < latent(u, 0.6, correlation) ? 1 : 0;
                    second[1][i] += random.nextDouble() < latent(u, 0.8, correlation) ? 1 : 0;
                }
            }
            return RatioEstimate.ofRatios(first[0], first[1], second[0], second[1], "ratio of ratios");
        });
        assertThat(share).isBetween(0.92, 0.97);
    }

    /** A prompt's own rate: the u-quantile of a beta distribution with the mean and the correlation. */
    private static double latent(double u, double mean, double correlation) {
        if (correlation == 0) {
            return mean;
        }
        // Kept on a grid, because the inverse is slow.
        return GRID.computeIfAbsent(mean + ":" + correlation, key -> {
            double size = 1 / correlation - 1;
            BetaDistribution beta = new BetaDistribution(null, mean * size, (1 - mean) * size);
            double[] rates = new double[1000];
            for (int i = 0; i < rates.length; i++) {
                rates[i] = beta.inverseCumulativeProbability((i + 0.5) / rates.length);
            }
            return rates;
        })[Math.min(999, (int) (u * 1000))];
    }

    private static final java.util.Map<String, double[]> GRID = new java.util.TreeMap<>();

    private static Estimate shares(
            Random random, int prompts, int images, double correlation, double now, double then) {
        double[][] first = new double[prompts][images];
        double[][] second = new double[prompts][images];
        for (int i = 0; i < prompts; i++) {
            double u = random.nextDouble();
            for (int k = 0; k < images; k++) {
                first[i][k] = random.nextDouble() < latent(u, now, correlation) ? 1 : 0;
                second[i][k] = random.nextDouble() < latent(u, then, correlation) ? 1 : 0;
            }
        }
        return StudentEstimate.ofShares(first, second);
    }

    @ParameterizedTest
    @CsvSource({"60, 1, 0", "60, 2, 0.5", "60, 8, 0", "200, 1, 0.5", "200, 2, 0", "200, 8, 0.5", "200, 2, 0.9"})
    void differencesOfUsableRatesHold(int prompts, int images, double correlation) {
        double share = coverage(-0.1, random -> shares(random, prompts, images, correlation, 0.7, 0.8));
        assertThat(share).isBetween(0.93, 0.98);
    }

    /** Nothing that is made of a handful of yes and no holds exactly 95 %; here it is never too narrow. */
    @ParameterizedTest
    @CsvSource({
        "5, 1, 0, 0.8",
        "5, 2, 0.9, 0.8",
        "10, 1, 0.5, 0.95",
        "10, 2, 0, 0.95",
        "20, 8, 0.5, 0.5",
        "20, 2, 0.9, 0.8"
    })
    void differencesOfUsableRatesOfFewPromptsAreCautious(int prompts, int images, double correlation, double then) {
        assertThat(coverage(0, random -> shares(random, prompts, images, correlation, then, then)))
                .isGreaterThan(0.95);
        assertThat(coverage(-0.1, random -> shares(random, prompts, images, correlation, then - 0.1, then)))
                .isGreaterThan(0.90);
    }

    @ParameterizedTest
    @CsvSource({"80, 0.9", "200, 0.9", "200, 0.95", "100, 0.5"})
    void ratiosOfQuantilesHold(int prompts, double probability) {
        double share = coverage(1.2, random -> {
            double[] first = new double[prompts];
            double[] second = new double[prompts];
            for (int i = 0; i < prompts; i++) {
                double prompt = 0.3 * random.nextGaussian();
                first[i] = 1.2 * Math.exp(prompt + 0.1 * random.nextGaussian());
                second[i] = Math.exp(prompt + 0.1 * random.nextGaussian());
            }
            return new PairedQuantileEstimate(first, second, probability, PairedQuantileEstimate.Shift.RATIO);
        });
        assertThat(share).isBetween(0.93, 0.985);
    }

    @Test
    void aSingleRateHolds() {
        double share = coverage(0.8, random -> {
            double[][] images = new double[100][4];
            for (double[] prompt : images) {
                double rate = latent(random.nextDouble(), 0.8, 0.5);
                for (int k = 0; k < 4; k++) {
                    prompt[k] = random.nextDouble() < rate ? 1 : 0;
                }
            }
            return RateEstimate.of(images);
        });
        assertThat(share).isBetween(0.93, 0.97);
    }
}
