package dev.touchstone.eval.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.cost.PriceBook;
import dev.touchstone.eval.label.LabelStage;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummarizeStageTest {

    private static final int PROMPTS = 40;
    private static final CohortKey PORTRAITS = CohortKey.of(CohortAxis.WORKFLOW, "portraits");

    @TempDir
    Path runs;

    static SummarySettings settings(double pricePerHour) {
        return new SummarySettings(
                new PriceBook(pricePerHour, 0, "USD"),
                List.of(
                        List.of(CohortAxis.WORKFLOW),
                        List.of(CohortAxis.STYLE_FAMILY),
                        List.of(CohortAxis.WORKFLOW, CohortAxis.STYLE_FAMILY)),
                new Resampling(7, 300, 0.95));
    }

    /** Every even prompt's images are usable, every odd prompt's first image is, and prompt 4 has a tie. */
    static Path votes(Path folder, int prompts) throws IOException {
        StringBuilder lines = new StringBuilder("image_id,reviewer,question,value,ts,seconds\n");
        for (int i = 0; i < prompts; i++) {
            for (int index = 0; index < 2; index++) {
                if (i != 3) {
                    String image = SampleRun.prompt(i) + "." + index;
                    String value = i % 2 == 0 || index == 0 ? "yes" : "no";
                    lines.append(image + ",ann,usable," + value + ",2026-01-03T00:00:00Z,2\n");
                    lines.append(image + ",ann,adherence," + (1 + (i + index) % 5) + ",2026-01-03T00:00:00Z,2\n");
                }
            }
        }
        lines.append("p-004.0,bo,usable,no,2026-01-03T00:00:00Z,2\n");
        lines.append("p-005.0,bo,flaws,edges;hands,2026-01-03T00:00:00Z,2\n");
        return Files.writeString(folder.resolve("labels.csv"), lines);
    }

    private static Figure.Known known(Figure figure) {
        return figure.known().orElseThrow(() -> new AssertionError("no number: " + figure));
    }

    private static Latency latency(CohortSummary cohort, String measure) {
        return cohort.latencies().stream()
                .filter(latency -> latency.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static RunFolder folder;
    private static Evaluation evaluated;

    @BeforeAll
    static void summarize(@TempDir Path shared) throws IOException {
        folder = SampleRun.make(shared, PROMPTS);
        SampleRun.score(folder, PROMPTS);
        new LabelStage(folder).run(List.of(votes(shared, PROMPTS)));
        evaluated = new SummarizeStage(folder).run(settings(3.6));
    }

    @Test
    void cohortsPartitionTheRun() {
        Evaluation evaluation = evaluated;
        assertThat(evaluation.cohorts())
                .extracting(cohort -> cohort.key().toString())
                .containsExactly(
                        "overall",
                        "workflow=portraits",
                        "workflow=probes",
                        "style_family=flat",
                        "style_family=pixel",
                        "workflow*style_family=portraits*flat",
                        "workflow*style_family=portraits*pixel",
                        "workflow*style_family=probes*flat",
                        "workflow*style_family=probes*pixel");
        CohortSummary overall = evaluation.cohorts().get(0);
        assertThat(overall.counts()).isEqualTo(new CohortSummary.Counts(40, 78, 2, 0, 0));
        for (String axis : List.of("workflow=", "style_family=", "workflow*style_family=")) {
            List<CohortSummary> parts = evaluation.cohorts().stream()
                    .filter(cohort -> cohort.key().toString().startsWith(axis))
                    .toList();
            assertThat(parts.stream().mapToInt(part -> part.counts().images()).sum())
                    .isEqualTo(80);
            assertThat(parts.stream().mapToDouble(part -> part.cost().total()).sum())
                    .isCloseTo(overall.cost().total(), within(1e-12));
        }
    }

    @Test
    void latenciesAreThoseOfTheClock() {
        CohortSummary overall = evaluated.cohorts().get(0);
        // Prompt i takes 1 + 2 (10 + i) + 2 * 2 + 2 * 0.5 ms; prompt 3 failed and is not among them.
        Latency endToEnd = latency(overall, "end-to-end");
        double others = (39 * 40 / 2.0 - 3) / 39;
        assertThat(known(endToEnd.mean()).value()).isCloseTo((26 + 2 * others) / 1000, within(1e-6));
        assertThat(known(endToEnd.mean()).n()).isEqualTo(39);
        assertThat(known(endToEnd.quantiles().get("p90")).interval()).isPresent();
        assertThat(endToEnd.quantiles().get("p95"))
                .isEqualTo(new Figure.Unscored("too few requests for limits on both sides", 39, Optional.of(72L)));
        assertThat(known(latency(overall, "first-image").mean()).value()).isCloseTo((13 + others) / 1000, within(1e-6));
        assertThat(known(latency(overall, "phase.sampling").mean()).value())
                .isCloseTo((20 + 2 * others) / 1000, within(1e-6));
    }

    @Test
    void phasesSumToServiceTime() {
        for (CohortSummary cohort : evaluated.cohorts()) {
            double phases = cohort.latencies().stream()
                    .filter(latency -> latency.measure().startsWith("phase."))
                    .mapToDouble(latency -> known(latency.mean()).value())
                    .sum();
            assertThat(phases)
                    .isCloseTo(known(latency(cohort, "service").mean()).value(), within(1e-9));
            assertThat(Math.abs(known(latency(cohort, "phase.other").mean()).value()))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void failuresAndWarmUpArePaidFor() {
        Evaluation evaluation = evaluated;
        CohortSummary overall = evaluation.cohorts().get(0);
        // At 3.60 an hour a second costs 0.001. Held until the last picture is saved, which takes 0.5 ms.
        double served = 39 * 25.5 + 2 * (39 * 40 / 2.0 - 3);
        double failed = 1 + 13;
        assertThat(overall.cost().requests()).isCloseTo((served + failed) / 1000 * 0.001, within(1e-9));
        assertThat(evaluation.overhead().loadingSeconds()).isCloseTo(0.5, within(1e-9));
        assertThat(evaluation.overhead().warmUpRequests()).isEqualTo(1);
        assertThat(overall.cost().overhead())
                .isCloseTo(evaluation.overhead().cost(), within(1e-12))
                .isGreaterThan(0.0005);
        assertThat(known(overall.cost().perImage()).value())
                .isCloseTo(overall.cost().total() / 78, within(1e-12));
    }

    @Test
    void theUsableRateCountsJudgedImagesAndItsIntervalKnowsThePrompts() {
        CohortSummary overall = evaluated.cohorts().get(0);
        var usability = overall.quality().usability();
        assertThat(usability.ties()).isEqualTo(1);
        assertThat(usability.unjudged()).isZero();
        assertThat(usability.usable()).isEqualTo(78 - 19 - 1);
        assertThat(usability.rejected()).isEqualTo(19);
        Figure.Known rate = known(usability.rate());
        assertThat(rate.value()).isCloseTo(58 / 77.0, within(1e-12));
        assertThat(rate.direction()).contains(Direction.HIGHER_IS_BETTER);
        assertThat(rate.method()).startsWith("Wilson at effective n");
        Figure.Known cost = known(overall.cost().perUsableImage());
        assertThat(cost.value()).isCloseTo(known(overall.cost().perImage()).value() / rate.value(), within(1e-12));
        // Wider than the rate's interval alone: the cost of an image is an estimate, too.
        assertThat(cost.interval().orElseThrow().lower())
                .isLessThan(known(overall.cost().perImage()).value()
                        / rate.interval().orElseThrow().upper());
        assertThat(cost.interval().orElseThrow().contains(cost.value())).isTrue();
        assertThat(known(overall.cost().perImage())
                        .interval()
                        .orElseThrow()
                        .contains(overall.cost().total() / 78))
                .isTrue();
    }

    @Test
    void metricsAreMeansWithIntervalsAndSetMetricsAreCarriedOver() {
        Evaluation evaluation = evaluated;
        CohortSummary overall = evaluation.cohorts().get(0);
        var metrics = overall.quality().metrics();
        Figure.Known adherence =
                known(metrics.get(MetricId.of("adherence", "touchstone-1")).figure());
        assertThat(adherence.n()).isEqualTo(78);
        assertThat(adherence.value()).isCloseTo(0.5 - 0.2 / 78, within(0.01));
        assertThat(adherence.interval().orElseThrow().contains(adherence.value()))
                .isTrue();
        assertThat(known(metrics.get(MetricId.of("lpips-diversity", "touchstone-1"))
                                .figure())
                        .n())
                .isEqualTo(39);
        assertThat(metrics.get(MetricId.of("fid", "touchstone-1")).detail()).containsEntry("floor", 3.25);
        assertThat(known(metrics.get(MetricId.of("fid", "touchstone-1")).figure())
                        .value())
                .isEqualTo(12.5);
        assertThat(known(metrics.get(MetricId.of("human-adherence")).figure()).unit())
                .isEqualTo("grade");
        assertThat(evaluation
                        .cohort(PORTRAITS)
                        .orElseThrow()
                        .quality()
                        .metrics()
                        .get(MetricId.of("fid", "touchstone-1"))
                        .figure())
                .isEqualTo(Figure.Unscored.because("needs 20 images", 0));
        assertThat(overall.quality().flaws()).containsEntry("hands", 1);
    }

    @Test
    void varianceIsSplitBetweenPromptsAndSeeds() {
        CohortSummary overall = evaluated.cohorts().get(0);
        var split = overall.quality().variances().get(0);
        assertThat(split.metric()).hasToString("adherence[touchstone-1]");
        double between = known(split.betweenPrompts()).value();
        // Between prompts 0, 0.2 ... 0.8 with variance 0.08; within 0.02 as two values 0.2 apart.
        assertThat(between).isCloseTo(0.08 / 0.1, within(0.05));
        assertThat(known(split.betweenSeeds()).value()).isCloseTo(1 - between, within(1e-12));
        assertThat(known(split.betweenPrompts()).interval().orElseThrow().contains(between))
                .isTrue();
    }

    @Test
    void failuresAreGroupedByReasonAndPhase() {
        Evaluation evaluation = evaluated;
        assertThat(evaluation.cohorts().get(0).failures())
                .containsExactly(new CohortSummary.FailureGroup(
                        "failed", "painter: out of <paint>", "sampling", 2, List.of("p-003.0", "p-003.1")));
        assertThat(evaluation
                        .cohort(CohortKey.of(CohortAxis.WORKFLOW, "probes"))
                        .orElseThrow()
                        .failures())
                .isEmpty();
    }

    @Test
    void throughputIsOverTheWindowOverallAndOverBusyTimeInACohort() {
        Evaluation evaluation = evaluated;
        double milliseconds = 39 * 26 + 2 * (39 * 40 / 2.0 - 3) + 14;
        assertThat(known(evaluation.cohorts().get(0).throughput()).value())
                .isCloseTo(78 / (milliseconds / 1000), within(1e-6));
        assertThat(known(evaluation.cohorts().get(0).throughput()).method()).contains("12 blocks of requests");
        assertThat(known(evaluation.cohorts().get(0).throughput())
                        .interval()
                        .orElseThrow()
                        .contains(78 / (milliseconds / 1000)))
                .isTrue();
        assertThat(known(evaluation.cohorts().get(1).throughput()).method()).contains("service time");
    }

    @Test
    void theSingleValuesBehindACohortCanBeRead() {
        RunSamples samples = RunSamples.read(folder);
        assertThat(samples.seconds(CohortKey.OVERALL, "end-to-end")).hasSize(39).startsWith(0.026, 0.028);
        assertThat(samples.seconds(PORTRAITS, "phase.sampling")).hasSize(19);
        assertThat(samples.byPrompt(PORTRAITS, "adherence[touchstone-1]")).hasDimensions(19, 2);
        assertThat(samples.images(PORTRAITS)).hasSize(40);
        assertThat(samples.seconds(PORTRAITS, "phase.dreaming")).isEmpty();
    }

    @Test
    void withoutScoresAndLabelsItSaysSo() {
        RunFolder small = SampleRun.make(runs, 8);
        CohortSummary overall =
                new SummarizeStage(small).run(settings(3.6)).cohorts().get(0);
        assertThat(overall.cost().perUsableImage()).isEqualTo(Figure.Unscored.because("no labels", 0));
        assertThat(overall.quality().usability().rate()).isEqualTo(Figure.Unscored.because("no labels", 0));
        assertThat(overall.quality().usability().unjudged()).isEqualTo(14);
        assertThat(overall.quality().metrics()).isEmpty();
    }

    @Test
    void runsAgainOnlyIfSomethingChanged() throws IOException {
        RunFolder small = SampleRun.make(runs, 8);
        SummarizeStage stage = new SummarizeStage(small);
        Evaluation first = stage.run(settings(3.6));
        Path file = small.path().resolve("evaluation.json");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(stage.run(settings(3.6))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
        assertThat(stage.run(settings(7.2)).cohorts().get(0).cost().total())
                .isCloseTo(2 * first.cohorts().get(0).cost().total(), within(1e-12));
        new LabelStage(small).run(List.of(votes(runs, 8)));
        assertThat(stage.run(settings(7.2)).labelling().judgedImages()).isEqualTo(14);
    }

    @Test
    void refusesScoresOfOtherImages() {
        RunFolder small = SampleRun.make(runs, 8);
        new ScoreFile(SampleRun.scoreHeader(small, "00"), List.of()).write(small);
        assertThatThrownBy(() -> new SummarizeStage(small).run(settings(1)))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(small.imagesDigest())
                .hasMessageContaining("found 00")
                .hasMessageContaining("score stage again");
    }
}
