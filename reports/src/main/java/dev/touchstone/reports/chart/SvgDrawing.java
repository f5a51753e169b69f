package dev.touchstone.reports.chart;

import dev.touchstone.reports.model.Chart;
import java.awt.Dimension;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws a chart as SVG: text stays text, numbers are rounded to a hundredth of a pixel. */
final class SvgDrawing {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int DECIMALS = 2;

    private SvgDrawing() {}

    /**
     * @param id begins every id of the drawing; unique within a page
     * @param heightPixels of the drawing; its width is the format's
     */
    static Chart.Svg draw(JFreeChart chart, String id, ChartFormat format, int heightPixels) {
        Document document = emptyDocument();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(DECIMALS);
        context.setComment("");
        context.setIDGenerator(new PrefixedIds(id + "-" + format.suffix() + "-"));
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(format.widthPixels(), heightPixels));
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, format.widthPixels(), heightPixels));
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + format.widthPixels() + " " + heightPixels);
        return new Chart.Svg(SvgMarkup.of(root));
    }

    private static Document emptyDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("chart: expected an XML document, found " + e, e);
        }
    }

    private static final class PrefixedIds extends SVGIDGenerator {

        private final String prefix;
        private int count;

        PrefixedIds(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String generateID(String purpose) {
            return prefix + count++;
        }
    }
}
