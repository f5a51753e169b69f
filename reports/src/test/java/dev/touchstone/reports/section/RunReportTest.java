package dev.touchstone.reports.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.reports.format.ReportStage;
import dev.touchstone.reports.model.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunReportTest {

    private RunFolder full;
    private RunFolder bare;
    private String html;
    private String bareHtml;

    @BeforeAll
    void makeTwoRuns(@TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER) Path folder) throws IOException {
        full = new SceneRun(8).make(folder.resolve("full"), SceneRun.Review.SCORED_AND_LABELLED);
        bare = new SceneRun(2).make(folder.resolve("bare"), SceneRun.Review.NEITHER);
        html = Files.readString(new ReportStage(full, Progress.NONE).run());
        bareHtml = Files.readString(new ReportStage(bare, Progress.NONE).run());
    }

    @Test
    void sectionsStandInTheirOrder() {
        assertThat(RunReport.of(RunEvidence.read(full)).sections())
                .extracting(Section::id)
                .containsExactly(
                        "decision",
                        "conditions",
                        "outcomes",
                        "segments",
                        "latency",
                        "quality",
                        "people",
                        "failures",
                        "appendix",
                        "method");
    }

    @Test
    void everyPictureThatWasMadeIsShown() {
        assertThat(html.split("<section", -1)).hasSizeGreaterThan(20);
        assertThat(html).contains("id=\"sheet-portrait-realism\"", "id=\"sheet-failure-probes\"");
        String appendix = html.substring(html.indexOf("id=\"appendix\""));
        assertThat(appendix.split("<img ", -1)).hasSize(1 + 78);
        assertThat(appendix.split("no picture", -1)).hasSize(1 + 2);
    }

    @Test
    void allFourKindsOfChartAreDrawnForPageAndPhone() {
        for (String chart : List.of("latency", "phases", "cost", "kid", "fid", "spread")) {
            assertThat(html).contains("id=\"" + chart + "-w-0\"", "id=\"" + chart + "-n-0\"");
        }
        assertThat(html.split("<svg", -1)).hasSize(1 + 12);
    }

    @Test
    void aPromptOfAStrangerStaysText() {
        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;dog&#39; [U+202E]gnp.exe[U+202C]")
                .doesNotContain("<script");
    }

    @Test
    void whatIsUndefinedHasWords() {
        assertThat(withoutPictures(html))
                .contains(
                        "withheld",
                        "needs n 368, has 39",
                        "needs n 36, has 8",
                        "no labels",
                        "Without labels: failure-probes")
                .doesNotContain("NaN", "Infinity", ">null<");
        assertThat(withoutPictures(bareHtml))
                .contains(
                        "no labels",
                        "not scored",
                        "No picture has a verdict of people",
                        "The pictures are not scored for adherence.",
                        "Nobody judged the pictures.",
                        "Agreement needs two reviewers or more; this run has 0.",
                        "Every image that was asked for was made.")
                .doesNotContain("NaN", "Infinity", ">null<");
    }

    @Test
    void whatWasAskedForAndNotFoundIsSaid() {
        assertThat(html).containsPattern("(Ground|Colour|Size|Style): [a-z-]+, not [a-z-]+<");
        assertThat(html).contains("rejected", "the device ran out of memory at step 7 of 12");
    }

    @Test
    void theManifestIsThereAsItWasGiven() {
        assertThat(html).contains("<pre>name: scenes\n</pre>");
    }

    @Test
    void theReportIsReplacedAsAWholeAndNothingElseIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(full.path().resolve("report"))) {
            assertThat(files).hasSize(1);
        }
        List<String> heard = new ArrayList<>();
        Path file =
                new ReportStage(full, (stage, done, total, note) -> heard.add(stage + " " + done + "/" + total)).run();
        assertThat(heard).startsWith("report 0/3").endsWith("report 3/3");
        assertThat(Files.readString(file)).isEqualTo(html);
    }

    @Test
    void theReportIsTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ru-RU")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(Files.readString(new ReportStage(full, Progress.NONE).run()))
                        .isEqualTo(html);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aRunThatIsNotSummedUpIsRefused(@TempDir Path folder) throws IOException {
        RunFolder run = new SceneRun(1).make(folder, SceneRun.Review.NEITHER);
        Files.delete(run.path().resolve("evaluation.json"));

        assertThatThrownBy(() -> new ReportStage(run, Progress.NONE).run())
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("evaluation.json: expected the run's evaluation, found nothing")
                .hasMessageContaining("touchstone summarize");
        assertThat(run.path().resolve("report")).doesNotExist();
    }

    private static String withoutPictures(String html) {
        return html.replaceAll("data:image/png;base64,[A-Za-z0-9+/=]+", "");
    }
}
