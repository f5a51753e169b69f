package dev.touchstone.reports.format;

import dev.touchstone.reports.model.Chart;
import dev.touchstone.reports.model.VisibleText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Writes HTML that cannot be broken by its content: text and attribute values go through {@link #text} and {@link #open},
 * which escape them, and elements are closed in the order in which they were opened. The only markup that passes as it is are
 * drawings, which this program makes.
 */
final class HtmlWriter {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final StringBuilder html = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; an attribute with an empty value is left out
     */
    HtmlWriter open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** An element without content or end tag. */
    HtmlWriter leaf(String tag, String... attributes) {
        start(tag, attributes);
        return this;
    }

    /** Closes the element that was opened last. */
    HtmlWriter close() {
        html.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with text. */
    HtmlWriter element(String tag, String cssClass, String text) {
        return open(tag, "class", cssClass).text(text).close();
    }

    HtmlWriter text(String text) {
        escape(VisibleText.of(text));
        return this;
    }

    HtmlWriter line() {
        html.append('\n');
        return this;
    }

    HtmlWriter drawing(Chart.Svg svg) {
        html.append(svg.markup());
        return this;
    }

    /** The style sheet; it is part of the program and never holds content. */
    HtmlWriter style(String css) {
        html.append("<style>\n").append(css).append("</style>");
        return this;
    }

    /**
     * Everything that was written.
     *
     * @throws IllegalStateException if an element is still open
     */
    String finish() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("html: expected every element closed, found " + open + " open");
        }
        return html.toString();
    }

    private void start(String tag, String... attributes) {
        requireName(tag);
        html.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty()) {
                requireName(attributes[i]);
                html.append(' ').append(attributes[i]).append("=\"");
                escape(VisibleText.of(attributes[i + 1]));
                html.append('"');
            }
        }
        html.append('>');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("html: expected a name of [a-z][a-z0-9-]*, found \"" + name + "\"");
        }
    }
}
