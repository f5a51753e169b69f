package dev.touchstone.reports.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.reports.model.Gallery;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.ReportDocument;
import dev.touchstone.reports.model.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTest {

    private static final Path GOLDEN = Path.of(System.getProperty("touchstone.home"))
            .resolve("reports/src/test/resources/dev/touchstone/reports/format/small.html");

    @TempDir
    private Path folder;

    /** After a wanted change: delete the file, run the test, read the difference before committing it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "tr-TR", "ru-RU", "ar-EG"})
    void theSmallDocumentIsTheSameInEveryLocale(String locale) throws IOException {
        Locale before = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            String html = withoutStyle(new HtmlReport().render(SampleDocument.small()));
            if (!Files.exists(GOLDEN)) {
                Files.createDirectories(GOLDEN.getParent());
                Files.writeString(GOLDEN, html);
            }
            assertThat(html).isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void textOfStrangersStaysText() {
        String html = new HtmlReport().render(SampleDocument.small());

        assertThat(html)
                .contains("a &quot;cat&quot; &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;dog&#39;")
                .contains("[U+202E]gnp.exe[U+202C] [U+0000]")
                .doesNotContain("<script", "\u202e", "\u202c", "\u0000");
    }

    @Test
    void nothingIsFetchedAndNothingRuns() throws IOException {
        String html = new HtmlReport().render(SampleDocument.large(folder));

        assertThat(html)
                .contains("default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;")
                .doesNotContain("<script", "<link", "@import", "url(http", "http://", "https://", "javascript:")
                .doesNotContainPattern("<[^>]+ on[a-z]+=");
    }

    @Test
    void undefinedNumbersHaveWordsAndNoDigits() {
        String html = new HtmlReport().render(SampleDocument.small());

        assertThat(html)
                .contains("withheld", "needs n 368, has 120", "no labels", "at least 0.0310", "\u22120.0012")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void idsAreUniqueAndEveryLinkHasATarget() throws IOException {
        String html = new HtmlReport().render(SampleDocument.large(folder));

        List<String> ids = matches(html, " id=\"([^\"]+)\"");
        assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
        assertThat(ids).containsAll(matches(html, " href=\"#([^\"]+)\""));
        assertThat(ids).containsAll(matches(html, "url\\(#([^)]+)\\)"));
    }

    @Test
    void picturesStayWithinTheirBudgetAndTheRestIsCounted() throws IOException {
        List<Gallery.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Path file = folder.resolve("noise-" + i + ".png");
            Files.write(file, PngFile.encode(noise(i, 64)));
            pictures.add(new Gallery.Picture(Optional.of(file), "p." + i, "noise", List.of(), List.of()));
        }
        String html = new HtmlReport(40_000).render(gallery(pictures));

        assertThat(matches(html, "(<img )")).hasSize(2);
        assertThat(html).contains("3 pictures are not shown").hasSizeLessThan(60_000);
    }

    @Test
    void aLargePictureIsMadeSmallAndABrokenOneIsNamed() throws IOException {
        Path large = folder.resolve("large.png");
        Files.write(large, PngFile.encode(noise(1, 600)));
        Path broken = folder.resolve("broken.png");
        Files.write(broken, new byte[] {1, 2, 3});
        String html = new HtmlReport()
                .render(gallery(List.of(
                        new Gallery.Picture(Optional.of(large), "p.0", "large", List.of(), List.of()),
                        new Gallery.Picture(Optional.of(broken), "p.1", "broken", List.of(), List.of()))));

        assertThat(html).contains("width=\"192\" height=\"192\"").contains("broken.png: expected");
    }

    @Test
    void equalDocumentsGiveEqualText() throws IOException {
        assertThat(new HtmlReport().render(SampleDocument.large(folder)))
                .isEqualTo(new HtmlReport().render(SampleDocument.large(folder)));
    }

    private static ReportDocument gallery(List<Gallery.Picture> pictures) {
        return new ReportDocument(
                "t", "l", "o", List.of(new Section("s", "S", List.of(Paragraph.of("p"), new Gallery(pictures)))));
    }

    private static RgbImage noise(int seed, int side) {
        byte[] rgb = new byte[side * side * 3];
        new SplittableRandom(seed).nextBytes(rgb);
        return new RgbImage(side, side, rgb);
    }

    private static String withoutStyle(String html) {
        return html.replaceAll("(?s)<style>.*</style>", "<style></style>");
    }

    static List<String> matches(String text, String pattern) {
        return java.util.regex.Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
