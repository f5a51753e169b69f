package dev.touchstone.metrics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.metric.fid.FidMetric;
import dev.touchstone.metrics.metric.linear.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every metric on the class path. */
class MetricsTest {

    private static final Metrics METRICS = Metrics.installed();
    private static final String START = "<!-- metrics -->\n";

    @Test
    void manifestsMayNameWhatARunSupplies() {
        assertThat(METRICS.names(Metrics.OF_A_RUN))
                .containsExactly(
                        "fid",
                        "kid",
                        "lpips-target",
                        "lpips-reference",
                        "lpips-diversity",
                        "adherence",
                        "fid-infinity",
                        "prdc");
    }

    @Test
    void foldersAreMeasuredByWhatTheySupply() {
        assertThat(METRICS.names(Metrics.OF_FOLDERS))
                .containsExactlyInAnyOrder(
                        "fid",
                        "fid-infinity",
                        "kid",
                        "prdc",
                        "is",
                        "cmmd",
                        "clip-score",
                        "lpips",
                        "lpips-diversity",
                        "ssim",
                        "ms-ssim",
                        "psnr");
    }

    @Test
    void everyMetricSaysWhatItIs() {
        for (Metric metric : METRICS.all()) {
            assertThat(metric.title()).as(metric.name()).isNotBlank();
            assertThat(metric.unit()).as(metric.name()).isNotBlank();
            assertThat(metric.definition()).as(metric.name()).isNotBlank().doesNotContain("\n", "|");
            assertThat(metric.undefined()).as(metric.name()).isNotBlank().doesNotContain("\n", "|");
            assertThat(metric.reads()).as(metric.name()).isNotEmpty();
            assertThat(metric.fewest()).as(metric.name()).isPositive();
            assertThat(METRICS.find(metric.name())).containsSame(metric);
        }
        assertThat(METRICS.find("fid").orElseThrow().id("net")).hasToString("fid[net]");
        assertThat(METRICS.find("psnr").orElseThrow().id("net")).hasToString("psnr");
        assertThat(METRICS.find("nothing")).isEmpty();
    }

    /** A set metric has a value at its fewest images, none and a reason below. */
    @Test
    void everySetMetricKeepsItsOwnMinimum() {
        for (Metric metric : METRICS.all()) {
            if (metric instanceof SetMetric set) {
                int reference = set.reads().contains(Reads.PROMPT_TEXT) ? set.fewest() : set.fewestReference();
                SetInput enough = SetInput.of("net", rows(set.fewest(), 1), rows(reference, 2));
                SetInput few = SetInput.of("net", rows(set.fewest() - 1, 1), rows(reference, 2));
                assertThat(set.of(enough).score()).as(metric.name()).isInstanceOf(Score.Scored.class);
                assertThat(set.of(enough).score().metric()).isEqualTo(metric.id("net"));
                assertThat(set.of(few).score())
                        .as(metric.name())
                        .isInstanceOfSatisfying(
                                Score.Unscored.class,
                                none -> assertThat(none.reason())
                                        .startsWith(metric.name() + " needs at least " + set.fewest())
                                        .contains("found " + (set.fewest() - 1)));
            }
        }
    }

    /** With {@code -Dtouchstone.golden.write=true} the table is put there. */
    @Test
    void theTableInTheDocsIsMadeOfThem() throws IOException {
        Path file = Path.of(System.getProperty("touchstone.home"), "docs/metrics.md");
        String text = Files.readString(file);
        int from = text.indexOf(START) + START.length();
        int to = text.indexOf("<!-- /metrics -->");
        String table = MetricTable.markdown(METRICS);
        if (Boolean.getBoolean("touchstone.golden.write")) {
            Files.writeString(file, text.substring(0, from) + table + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to)).isEqualTo(table);
    }

    @Test
    void oneNameStandsForOneClass() {
        assertThatThrownBy(() -> Metrics.of(List.of(new FidMetric(), new FidMetric())))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("metric fid: expected one class of this name");
    }

    private static Matrix rows(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Matrix(rows, 5, random.doubles(rows * 5L, 0.1, 1).toArray());
    }
}
