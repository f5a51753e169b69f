package dev.touchstone.eval.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.cost.CostPerImage;
import dev.touchstone.eval.cost.CostPerUsableImage;
import dev.touchstone.eval.cost.PromptCosts;
import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.inference.FiellerInterval;
import dev.touchstone.eval.inference.IndexedRandom;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.UnbiasedEstimate;
import dev.touchstone.metrics.metric.linear.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Simulated coverage of every interval that a report prints. Small here; written into docs/metrics.md by
 *
 * <pre>mvn -q test -pl eval -am -Dtest=CoverageTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dtouchstone.coverage.runs=2000</pre>
 */
class CoverageTableTest {

    private static final double LEVEL = 0.95;
    private static final int[] PROMPTS = {5, 12, 24, 60, 200};
    private static final int[] IMAGES = {1, 2, 8};
    private static final double[] CORRELATIONS = {0, 0.5, 0.9};
    private static final int WRITTEN = Integer.getInteger("touchstone.coverage.runs", 0);
    private static final String FROM = "<!-- coverage: made by CoverageTableTest -->\n";
    private static final String TO = "<!-- end of coverage -->\n";

    /** One design: how many prompts, images of each, and how alike those are. */
    private record Design(int prompts, int images, double correlation, Random random) {

        /** What the prompt has in common and what is the image's own, of variance 1 together. */
        double[][] normal() {
            double[][] values = new double[prompts][images];
            for (double[] prompt : values) {
                double shared = random.nextGaussian();
                for (int i = 0; i < images; i++) {
                    prompt[i] = Math.sqrt(correlation) * shared + Math.sqrt(1 - correlation) * random.nextGaussian();
                }
            }
            return values;
        }

        /** Yes where the value lies below the quantile of a rate. */
        double[][] verdicts(double bound) {
            double[][] values = normal();
            for (double[] prompt : values) {
                Arrays.setAll(prompt, i -> prompt[i] < bound ? 1 : 0);
            }
            return values;
        }
    }

    /** Whether an interval made of one sample holds the truth; empty where there is none to judge. */
    private interface Statistic {
        Optional<Boolean> covers(Design design, int run);
    }

    private record Row(String number, String method, double least, Statistic statistic) {}

    private static Optional<Boolean> holds(Optional<Interval> interval, double truth) {
        return interval.map(one -> one.contains(truth));
    }

    private static List<Row> rows() {
        return List.of(
                new Row(
                        "mean over images (adherence, LPIPS, grades)",
                        "none below 5 prompts, Student's t below 60, BCa from there",
                        0.84,
                        CoverageTableTest::mean),
                new Row(
                        "usable rate, share of an attribute",
                        "Wilson at effective n; t over prompts",
                        0.86,
                        (design, run) -> Optional.of(RateEstimate.of(design.verdicts(0.5244))
                                .interval(LEVEL)
                                .contains(0.7))),
                new Row(
                        "cost per image",
                        "Student's t of a ratio of sums over prompts",
                        0.84,
                        (design, run) -> money(design, Money.PER_IMAGE)),
                new Row(
                        "cost per usable image, hard prompts dearer",
                        "MOVER of cost (t) and rate (Wilson), with their correlation",
                        0.86,
                        (design, run) -> money(design, Money.PER_USABLE)),
                new Row(
                        "the same as it was",
                        "the rate's interval carried through",
                        0.4,
                        (design, run) -> money(design, Money.AS_IT_WAS)),
                new Row(
                        "throughput, neighbours alike (0.5)",
                        "Fieller over 12 blocks of requests, none below 24",
                        0.84,
                        CoverageTableTest::throughput),
                new Row("mean time", "Student's t over requests", 0.84, (design, run) -> {
                    StudentEstimate mean = StudentEstimate.of(times(design), "");
                    return Optional.of(mean.interval(LEVEL).contains(Math.exp(0.125)));
                }),
                new Row(
                        "median time",
                        "order statistics, none below n 6",
                        0.9,
                        (design, run) -> quantile(design, 0.5, 1)),
                new Row(
                        "p90 of time",
                        "order statistics, none below n 36",
                        0.9,
                        (design, run) -> quantile(design, 0.9, Math.exp(0.5 * 1.2815515655446004))),
                new Row("KID, sets apart", "prompt-wise, jackknife, Student's t", 0.84, CoverageTableTest::kid),
                new Row(
                        "share of variance between prompts",
                        "moments, percentile bootstrap over prompts",
                        0.3,
                        CoverageTableTest::variance));
    }

    private static Optional<Boolean> mean(Design design, int run) {
        double[][] values = design.normal();
        for (double[] prompt : values) {
            Arrays.setAll(prompt, i -> Math.exp(0.5 * prompt[i]));
        }
        return holds(
                ClusteredMean.of(
                                values,
                                "1",
                                Optional.empty(),
                                new ClusterBootstrap(IndexedRandom.of(run, "coverage"), 400, LEVEL))
                        .known()
                        .orElseThrow()
                        .interval(),
                Math.exp(0.125));
    }

    private enum Money {
        PER_IMAGE,
        PER_USABLE,
        AS_IT_WAS
    }

    /** Half of the prompts are hard: twice as dear, and usable at 0.4 instead of 0.8. */
    private static Optional<Boolean> money(Design design, Money what) {
        int prompts = design.prompts();
        double[] cost = new double[prompts];
        double[] complete = new double[prompts];
        double[] usable = new double[prompts];
        double[][] verdicts = new double[prompts][design.images()];
        for (int p = 0; p < prompts; p++) {
            boolean hard = design.random().nextBoolean();
            cost[p] = design.images()
                    * (hard ? 2 : 1)
                    * Math.exp(0.1 * design.random().nextGaussian() - 0.005);
            complete[p] = design.images();
            for (int i = 0; i < design.images(); i++) {
                verdicts[p][i] = design.random().nextDouble() < (hard ? 0.4 : 0.8) ? 1 : 0;
                usable[p] += verdicts[p][i];
            }
        }
        PromptCosts costs = new PromptCosts(cost, complete, complete, usable);
        if (what == Money.PER_IMAGE) {
            return holds(
                    CostPerImage.of(costs, "USD", LEVEL).known().orElseThrow().interval(), 1.5);
        }
        RateEstimate rate = RateEstimate.of(verdicts);
        if (rate.value() == 0) {
            return Optional.empty();
        }
        if (what == Money.AS_IT_WAS) {
            double each = Arrays.stream(cost).sum() / (prompts * design.images());
            Interval interval = rate.interval(LEVEL);
            return Optional.of(each / interval.upper() <= 2.5 && 2.5 * interval.lower() <= each);
        }
        return holds(
                CostPerUsableImage.of(
                                costs,
                                Optional.of(new CostPerUsableImage.Rate(
                                        rate.value(), rate.interval(LEVEL), (long) prompts * design.images())),
                                "USD")
                        .known()
                        .flatMap(Figure.Known::interval),
                2.5);
    }

    private static Optional<Boolean> throughput(Design design, int run) {
        int n = design.prompts();
        if (n < 24) {
            return Optional.empty();
        }
        int blocks = LatencyFigures.BLOCKS;
        double[] counts = new double[blocks];
        double[] seconds = new double[blocks];
        double state = design.random().nextGaussian();
        for (int i = 0; i < n; i++) {
            state = 0.5 * state + Math.sqrt(0.75) * design.random().nextGaussian();
            counts[(int) ((long) i * blocks / n)] += design.images();
            seconds[(int) ((long) i * blocks / n)] += design.images() * Math.exp(0.3 * state);
        }
        return Optional.of(FiellerInterval.of(FiellerInterval.Means.of(counts, seconds), LEVEL)
                .contains(Math.exp(-0.045)));
    }

    private static double[] times(Design design) {
        double[] times = new double[design.prompts()];
        Arrays.setAll(times, i -> Math.exp(0.5 * design.random().nextGaussian()));
        return times;
    }

    private static Optional<Boolean> quantile(Design design, double probability, double truth) {
        return OrderStatistics.estimate(times(design), probability, LEVEL)
                        instanceof OrderStatistics.Supported supported
                ? Optional.of(supported.interval().contains(truth))
                : Optional.empty();
    }

    /** Of N(1, I) against N(0, I) in 4 dimensions; the truth by moments, as in KernelInceptionDistanceTest. */
    private static Optional<Boolean> kid(Design design, int run) {
        if (design.prompts() > 60) {
            return Optional.empty(); // as at 60, and dear
        }
        int d = 4;
        int n = design.prompts() * design.images();
        double[] generated = new double[n * d];
        int[] prompts = IntStream.range(0, n).map(i -> i / design.images()).toArray();
        for (int k = 0; k < d; k++) {
            double[][] values = design.normal();
            for (int i = 0; i < n; i++) {
                generated[i * d + k] = 1 + values[i / design.images()][i % design.images()];
            }
        }
        double[] reference = new double[200 * d];
        Arrays.setAll(reference, i -> design.random().nextGaussian());
        UnbiasedEstimate estimate = KernelInceptionDistance.unbiased(
                new Matrix(n, d, generated),
                prompts,
                new Matrix(200, d, reference),
                IntStream.range(0, 200).toArray());
        double truth = kernel(4, 4, 4, d) + kernel(0, 0, 0, d) - 2 * kernel(0, 4, 0, d);
        return Optional.of(estimate.interval().low() <= truth
                && truth <= estimate.interval().high());
    }

    private static double kernel(double inner, double first, double second, double d) {
        return 1
                + 3 * inner / d
                + 3 * (d + first + second + inner * inner) / (d * d)
                + inner * (3 * (d + first + second) + 6 + inner * inner) / (d * d * d);
    }

    private static Optional<Boolean> variance(Design design, int run) {
        if (design.images() == 1) {
            return Optional.empty();
        }
        var split = VarianceShares.of(
                MetricId.of("adherence"),
                design.normal(),
                "1",
                new ClusterBootstrap(IndexedRandom.of(run, "coverage"), 200, LEVEL));
        return holds(split.betweenPrompts().known().flatMap(Figure.Known::interval), design.correlation());
    }

    /** Least and greatest coverage over numbers of images and correlations; empty where no design has an interval. */
    private static Optional<double[]> range(Row row, int prompts, int runs) {
        List<Double> shares = new ArrayList<>();
        for (int images : IMAGES) {
            for (double correlation : CORRELATIONS) {
                if (images == 1 && correlation > 0) {
                    continue;
                }
                Design design = new Design(
                        prompts, images, correlation, new Random(31L * prompts + images + (long) (100 * correlation)));
                int asked = 0;
                int covered = 0;
                for (int run = 0; run < runs; run++) {
                    Optional<Boolean> one = row.statistic().covers(design, run);
                    asked += one.isPresent() ? 1 : 0;
                    covered += one.orElse(false) ? 1 : 0;
                }
                if (asked > runs / 2) {
                    shares.add(covered / (double) asked);
                }
            }
        }
        return shares.isEmpty()
                ? Optional.empty()
                : Optional.of(new double[] {
                    shares.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                    shares.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
                });
    }

    @Test
    void intervalsHoldWhatTheTableSays() throws IOException {
        int runs = WRITTEN > 0 ? WRITTEN : 120;
        int[] prompts = WRITTEN > 0 ? PROMPTS : new int[] {5, 24};
        StringBuilder table = new StringBuilder("| number | method |");
        Arrays.stream(prompts).forEach(p -> table.append(' ').append(p).append(" |"));
        table.append("\n|---|---|").append("---|".repeat(prompts.length)).append('\n');
        for (Row row : rows()) {
            table.append("| ")
                    .append(row.number())
                    .append(" | ")
                    .append(row.method())
                    .append(" |");
            for (int p : prompts) {
                Optional<double[]> range = range(row, p, runs);
                table.append(
                        range.map(ends -> String.format(Locale.ROOT, " %.1f – %.1f |", 100 * ends[0], 100 * ends[1]))
                                .orElse(" |"));
                // Small runs stray by themselves.
                range.ifPresent(ends -> assertThat(ends[0])
                        .as("%s, %d prompts", row.number(), p)
                        .isGreaterThan(row.least() - 0.06));
            }
            table.append('\n');
        }
        if (WRITTEN > 0) {
            write(table.toString());
        }
    }

    private static void write(String table) throws IOException {
        Path page = Path.of(System.getProperty("touchstone.home", "..")).resolve("docs/metrics.md");
        String text = Files.readString(page, StandardCharsets.UTF_8);
        int from = text.indexOf(FROM) + FROM.length();
        int to = text.indexOf(TO);
        Files.writeString(
                page, text.substring(0, from) + "\n" + table + "\n" + text.substring(to), StandardCharsets.UTF_8);
    }
}
