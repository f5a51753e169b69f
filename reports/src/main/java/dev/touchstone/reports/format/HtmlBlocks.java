package dev.touchstone.reports.format;

import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Callout;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Chart;
import dev.touchstone.reports.model.FigureText;
import dev.touchstone.reports.model.Gallery;
import dev.touchstone.reports.model.KeyValues;
import dev.touchstone.reports.model.Listing;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.model.Tone;
import java.util.List;
import java.util.Locale;

/** Prints every kind of block as HTML. */
final class HtmlBlocks {

    private static final int TOP_LEVEL = 2;
    private static final int DEEPEST_LEVEL = 6;
    /** Tables of more columns take the whole width of the page. */
    private static final int BROAD_FROM = 5;

    private final HtmlWriter html;
    private final HtmlGallery galleries;
    private int level = TOP_LEVEL;

    HtmlBlocks(HtmlWriter html, PictureBudget pictures) {
        this.html = html;
        this.galleries = new HtmlGallery(html, pictures);
    }

    void print(Block block) {
        if (block instanceof Section section) {
            section(section);
        } else if (block instanceof Paragraph paragraph) {
            html.element("p", paragraph.role() == Paragraph.Role.NOTE ? "note" : "", paragraph.text());
        } else if (block instanceof Callout callout) {
            callout(callout);
        } else if (block instanceof KeyValues values) {
            keyValues(values);
        } else if (block instanceof Table table) {
            table(table);
        } else if (block instanceof Chart chart) {
            chart(chart);
        } else if (block instanceof Gallery gallery) {
            galleries.print(gallery);
        } else if (block instanceof Listing listing) {
            html.open("details").element("summary", "", listing.title());
            html.element("pre", "", listing.text()).close();
        }
        html.line();
    }

    private void section(Section section) {
        html.open("section", "id", section.id(), "class", level == TOP_LEVEL ? "top" : "part")
                .line();
        html.element("h" + Math.min(level, DEEPEST_LEVEL), "", section.title()).line();
        level++;
        section.blocks().forEach(this::print);
        level--;
        html.close();
    }

    private void callout(Callout callout) {
        html.open("div", "class", "callout " + tone(callout.tone()));
        html.element("p", "callout-title", callout.title());
        callout.lines().forEach(line -> html.element("p", "", line));
        html.close();
    }

    private void keyValues(KeyValues values) {
        html.open("dl", "class", values.emphasis() == KeyValues.Emphasis.HEADLINE ? "headline" : "facts")
                .line();
        for (KeyValues.Entry entry : values.entries()) {
            html.open("div").element("dt", "", entry.label()).open("dd");
            cell(entry.value());
            html.close().close().line();
        }
        html.close();
    }

    private void table(Table table) {
        // The region can be scrolled by keyboard, so that a wide table never makes the page wide.
        String name = table.caption().isEmpty() ? "Table" : table.caption();
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
        html.open("table", "class", table.columns().size() > BROAD_FROM ? "broad" : "");
        if (!table.caption().isEmpty()) {
            html.element("caption", "", table.caption());
        }
        html.open("thead").open("tr");
        for (Table.Column column : table.columns()) {
            html.open("th", "scope", "col", "class", kind(column))
                    .text(column.title())
                    .close();
        }
        html.close().close().line().open("tbody").line();
        for (List<Cell> row : table.rows()) {
            html.open("tr");
            for (int i = 0; i < row.size(); i++) {
                Cell cell = row.get(i);
                String css = (kind(table.columns().get(i)) + " " + shade(cell)).strip();
                if (i == 0) {
                    html.open("th", "scope", "row", "class", css);
                } else {
                    html.open("td", "class", css);
                }
                cell(cell);
                html.close();
            }
            html.close().line();
        }
        html.close().close().close();
    }

    private void chart(Chart chart) {
        html.open("figure", "class", "chart").line();
        html.open("figcaption").element("strong", "", chart.title()).text(" ");
        html.element("span", "", chart.reading()).close().line();
        html.open("div", "class", "drawing wide", "role", "img", "aria-label", chart.summary());
        html.drawing(chart.wide()).close().line();
        html.open("div", "class", "drawing narrow", "role", "img", "aria-label", chart.summary());
        html.drawing(chart.narrow()).close().line();
        html.open("details")
                .element("summary", "", "The same numbers as a table")
                .line();
        table(chart.data());
        html.close().close();
    }

    private void cell(Cell cell) {
        if (cell instanceof Cell.Text text) {
            html.open("span", "dir", "auto").text(text.text()).close();
            if (!text.note().isEmpty()) {
                html.element("small", "", text.note());
            }
        } else if (cell instanceof Cell.Code code) {
            html.element("code", "", code.text());
        } else if (cell instanceof Cell.Count count) {
            html.element("span", "v", FigureText.count(count.value()));
        } else if (cell instanceof Cell.Badge badge) {
            html.element("span", "badge " + tone(badge.tone()), badge.text());
        } else if (cell instanceof Cell.Measured measured) {
            figure(FigureText.of(measured.figure()));
        }
    }

    private void figure(FigureText figure) {
        boolean words = figure.state() == FigureText.State.UNSCORED;
        html.open("span", "class", "value").element("span", words ? "none" : "v", figure.value());
        if (!figure.unit().isEmpty()) {
            html.text("\u00a0").element("span", "u", figure.unit());
        }
        html.close();
        if (!figure.range().isEmpty()) {
            html.element("small", "", figure.range());
        }
        if (!figure.n().isEmpty()) {
            html.element("small", "", figure.n());
        }
    }

    static String tone(Tone tone) {
        return tone.name().toLowerCase(Locale.ROOT);
    }

    private static String kind(Table.Column column) {
        return column.kind() == Table.Kind.NUMBER ? "num" : "";
    }

    private static String shade(Cell cell) {
        if (!(cell instanceof Cell.Measured measured) || measured.shade().lean() == 0) {
            return "";
        }
        double lean = measured.shade().lean();
        int strength = Math.abs(lean) < 1 / 3.0 ? 1 : Math.abs(lean) < 2 / 3.0 ? 2 : 3;
        return (lean > 0 ? "better-" : "worse-") + strength;
    }
}
