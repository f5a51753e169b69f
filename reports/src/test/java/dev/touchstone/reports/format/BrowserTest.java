package dev.touchstone.reports.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.reports.section.SceneRun;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in a real browser. Skipped where none is installed. */
class BrowserTest {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final int PHONE_PIXELS = 390;

    /** What the page says before what it found. */
    private static final String FOUND = "found: ";

    /** Measures the report in a frame and says on the console what it finds. */
    private static final String PROBE = """
            <!doctype html><body><script>
            const frame = document.createElement('iframe');
            frame.style.cssText = 'border:0;height:900px;width:WIDTHpx';
            frame.srcdoc = atob('REPORT');
            frame.onload = () => {
              const page = frame.contentDocument;
              const shown = [...page.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width > 0);
              const images = [...page.querySelectorAll('img')];
              Promise.allSettled(images.map(img => (img.loading = 'eager', img.decode()))).then(() => {
                console.info('FOUND' + ['overflow', page.documentElement.scrollWidth - page.documentElement.clientWidth,
                  'charts', shown.length, 'marks', shown.filter(svg => svg.querySelectorAll('path,circle,rect').length > 5).length,
                  'images', images.filter(img => img.naturalWidth > 0).length, 'untouched', page.defaultView.touched === undefined].join(' '));
              });
            };
            document.body.append(frame);
            </script>""";

    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    private Path browser;

    /** What the browser said. */
    private record Visit(String text, List<String> console) {}

    @BeforeEach
    void findBrowser() {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no browser found: looked for " + NAMES + " on the path");
        browser = found.get();
    }

    @Test
    void aReportFitsAPhoneShowsItsChartsAndPicturesAndAsksForNothing() throws Exception {
        RunFolder run = new SceneRun(4).make(folder, SceneRun.Review.SCORED_AND_LABELLED);
        String html = Files.readString(new ReportStage(run, Progress.NONE).run());
        Visit visit = visit(html, PHONE_PIXELS);

        assertThat(visit.text()).startsWith("overflow 0 charts 6 marks 6 images ");
        int images = Integer.parseInt(visit.text().replaceAll(".*images (\\d+).*", "$1"));
        assertThat(images).isGreaterThanOrEqualTo(38);
        assertThat(visit.console()).isEmpty();
    }

    @Test
    void theBrowserItselfKeepsAReportFromReachingOutOrRunningAScript() throws Exception {
        String html = new HtmlReport()
                .render(SampleDocument.small())
                .replace("</main>", "<img src=\"https://example.invalid/a.png\"><script>touched = 1</script></main>");
        Visit visit = visit(html, PHONE_PIXELS);

        assertThat(visit.text()).endsWith("untouched true");
        assertThat(visit.console())
                .anyMatch(line -> line.contains("example.invalid") && line.contains("Content Security Policy"))
                .anyMatch(line -> line.contains("inline script") && line.contains("Content Security Policy"));
    }

    private Visit visit(String html, int widthPixels) throws IOException, InterruptedException {
        String ascii = toAscii(html);
        Path page = folder.resolve("probe.html");
        Files.writeString(
                page,
                PROBE.replace("FOUND", FOUND)
                        .replace("WIDTH", Integer.toString(widthPixels))
                        .replace(
                                "REPORT",
                                java.util.Base64.getEncoder()
                                        .encodeToString(ascii.getBytes(StandardCharsets.ISO_8859_1))));
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                page.toUri().toString()));
        Path log = folder.resolve("console.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (process.isAlive() && System.nanoTime() < deadline) {
                Thread.sleep(50);
                Optional<Visit> visit = visit(log);
                if (visit.isPresent()) {
                    return visit.get();
                }
            }
            return visit(log).orElseThrow(() -> new AssertionError("the page found nothing, see " + log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** What the browser has written, once the page has found all it looks for. */
    private static Optional<Visit> visit(Path log) throws IOException {
        List<String> console;
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            console = lines.filter(line -> line.contains(":CONSOLE")).toList();
        }
        Pattern found = Pattern.compile('"' + FOUND + "([^\"]*)\"");
        return console.stream()
                .map(found::matcher)
                .filter(Matcher::find)
                .map(match -> new Visit(
                        match.group(1),
                        console.stream().filter(line -> !line.contains(FOUND)).toList()))
                .findFirst();
    }

    /** The same page with every other character as a reference, so that base64 carries it as bytes. */
    private static String toAscii(String html) {
        StringBuilder ascii = new StringBuilder(html.length());
        html.codePoints().forEach(point -> {
            if (point < 0x80) {
                ascii.appendCodePoint(point);
            } else {
                ascii.append("&#").append(point).append(';');
            }
        });
        return ascii.toString();
    }
}
