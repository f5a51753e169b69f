package dev.touchstone.reports.format;

import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.ReportDocument;
import dev.touchstone.reports.model.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A report as one HTML file. It needs no network and no script, and its content security policy allows neither; pictures
 * travel inside it up to a budget. Everything that is not a drawing of ours is escaped.
 */
public final class HtmlReport {

    /** Largest total size of embedded pictures, in characters of their data URIs. */
    public static final long PICTURE_BYTES = 8L << 20;

    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final long pictureBytes;

    /** With the default budget for pictures. */
    public HtmlReport() {
        this(PICTURE_BYTES);
    }

    /** @param pictureBytes at least 0 */
    public HtmlReport(long pictureBytes) {
        if (pictureBytes < 0) {
            throw new IllegalArgumentException("html report: expected a budget >= 0, found " + pictureBytes);
        }
        this.pictureBytes = pictureBytes;
    }

    /** The whole file; equal documents and pictures give equal text. */
    public String render(ReportDocument document) {
        HtmlWriter html = new HtmlWriter();
        HtmlBlocks blocks = new HtmlBlocks(html, new PictureBudget(pictureBytes));
        html.open("html", "lang", "en").line().open("head").line();
        html.leaf("meta", "charset", "utf-8").line();
        html.leaf("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .line();
        html.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.leaf("meta", "name", "color-scheme", "content", "light dark").line();
        html.leaf("meta", "name", "referrer", "content", "no-referrer").line();
        html.open("title").text(document.title()).close().line();
        html.style(styleSheet()).close().line();
        html.open("body").line();
        header(html, document);
        html.open("main").line();
        for (Section section : document.sections()) {
            blocks.print(section);
        }
        html.close().line();
        html.open("footer").element("p", "", document.origin()).close().line();
        html.close().line().close().line();
        return "<!doctype html>\n" + html.finish();
    }

    private static void header(HtmlWriter html, ReportDocument document) {
        html.open("header").line();
        html.element("p", "brand", "Touchstone release report").line();
        html.element("h1", "", document.title()).line();
        html.element("p", "lead", document.lead()).line();
        html.open("nav", "aria-label", "Contents").open("ol").line();
        for (Section section : document.sections()) {
            html.open("li")
                    .open("a", "href", "#" + section.id())
                    .text(section.title())
                    .close();
            inner(html, section);
            html.close().line();
        }
        html.close().close().close().line();
    }

    private static void inner(HtmlWriter html, Section section) {
        long nested =
                section.blocks().stream().filter(Section.class::isInstance).count();
        if (nested < 2) {
            return;
        }
        html.open("ol");
        for (Block block : section.blocks()) {
            if (block instanceof Section part) {
                html.open("li")
                        .open("a", "href", "#" + part.id())
                        .text(part.title())
                        .close()
                        .close();
            }
        }
        html.close();
    }

    private static String styleSheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("html report: expected report.css beside the class, found nothing");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
