package dev.touchstone.reports.chart;

import dev.touchstone.reports.model.VisibleText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes a drawing as markup: shapes, text and clips, nothing else. Attributes are in alphabetical order; those that say what
 * holds anyway are left out, and so are empty groups. The font is the page's: a generic family, so that no file is needed.
 */
final class SvgMarkup {

    private static final Set<String> ELEMENTS = Set.of(
            "svg", "g", "defs", "clipPath", "path", "rect", "line", "circle", "ellipse", "polygon", "polyline", "text");

    private static final Map<String, String> INITIAL = Map.ofEntries(
            Map.entry("stroke-dasharray", "none"),
            Map.entry("stroke-dashoffset", "0"),
            Map.entry("shape-rendering", "auto"),
            Map.entry("text-rendering", "auto"),
            Map.entry("color-rendering", "auto"),
            Map.entry("color-interpolation", "auto"),
            Map.entry("image-rendering", "auto"),
            Map.entry("stroke-opacity", "1"),
            Map.entry("fill-opacity", "1"),
            Map.entry("opacity", "1"),
            Map.entry("font-style", "normal"),
            Map.entry("xml:space", "preserve"));

    private SvgMarkup() {}

    /** @throws IllegalArgumentException if the drawing has another element than shapes, text and clips */
    static String of(Element root) {
        StringBuilder markup = new StringBuilder(1 << 14);
        write(root, markup, Inherited.DEFAULTS);
        return markup.toString();
    }

    /** What an element takes over from those around it; an attribute that repeats it is left out. */
    private record Inherited(Map<String, String> values) {

        static final Inherited DEFAULTS = new Inherited(INITIAL);

        boolean says(String name, String value) {
            return value.equals(values.get(name));
        }

        Inherited with(Map<String, String> own) {
            Map<String, String> all = new TreeMap<>(values);
            all.putAll(own);
            all.remove("clip-path");
            all.remove("transform");
            return new Inherited(all);
        }
    }

    private static void write(Element element, StringBuilder markup, Inherited inherited) {
        String tag = element.getTagName();
        if (!ELEMENTS.contains(tag)) {
            throw new IllegalArgumentException("drawing: expected shapes, text and clips, found \"" + tag + "\"");
        }
        if (!element.hasChildNodes() && (tag.equals("g") || tag.equals("defs"))) {
            return;
        }
        Map<String, String> attributes = attributes(element);
        markup.append('<').append(tag);
        if (tag.equals("svg")) {
            attributes.keySet().removeIf(name -> name.equals("width") || name.equals("height"));
            attributes.put("font-family", "sans-serif");
        }
        boolean inherits = !tag.equals("clipPath");
        attributes.forEach((name, value) -> {
            if (!inherits || !inherited.says(name, value)) {
                markup.append(' ').append(name).append("=\"");
                escape(value, markup);
                markup.append('"');
            }
        });
        markup.append('>');
        Inherited own = inherited.with(attributes);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                write(inner, markup, own);
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                escape(VisibleText.of(child.getNodeValue()), markup);
            }
        }
        markup.append("</").append(tag).append('>');
    }

    private static Map<String, String> attributes(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        NamedNodeMap nodes = element.getAttributes();
        for (int i = 0; i < nodes.getLength(); i++) {
            String name = nodes.item(i).getNodeName();
            if (!name.startsWith("xmlns") && !name.equals("font-family") && !name.equals("id") || isUsedId(element)) {
                attributes.put(name, nodes.item(i).getNodeValue());
            }
        }
        return attributes;
    }

    /** Only clips are referred to. */
    private static boolean isUsedId(Element element) {
        return element.getTagName().equals("clipPath");
    }

    private static void escape(String text, StringBuilder markup) {
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> markup.append("&amp;");
                case '<' -> markup.append("&lt;");
                case '>' -> markup.append("&gt;");
                case '"' -> markup.append("&quot;");
                default -> markup.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
            }
        });
    }
}
