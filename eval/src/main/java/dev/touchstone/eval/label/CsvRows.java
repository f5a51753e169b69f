package dev.touchstone.eval.label;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of an RFC 4180 text: fields separated by commas, quoted where they hold commas, quotes or line breaks, a quote inside
 * quotes doubled. Takes {@code \n} as well as {@code \r\n}. Blank lines are left out. A mistake in a row is a problem, and the
 * row is left out.
 */
final class CsvRows {

    /**
     * One row.
     *
     * @param line on which it starts, from 1
     */
    record Row(int line, List<String> fields) {}

    private final String file;
    private final String text;
    private final Problems problems;
    private final List<Row> rows = new ArrayList<>();
    private int at;
    private int line = 1;

    private CsvRows(String file, String text, Problems problems) {
        this.file = file;
        this.text = text;
        this.problems = problems;
    }

    static List<Row> of(String file, String text, Problems problems) {
        CsvRows reader = new CsvRows(file, text.startsWith("\uFEFF") ? text.substring(1) : text, problems);
        while (reader.at < reader.text.length()) {
            reader.row();
        }
        return reader.rows;
    }

    private void row() {
        int start = line;
        List<String> fields = new ArrayList<>();
        boolean whole = true;
        do {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            whole &= quoted ? quoted(fields) : plain(fields);
        } while (more());
        if (whole && !(fields.size() == 1 && fields.get(0).isEmpty())) {
            rows.add(new Row(start, fields));
        }
    }

    /** After a field: takes a comma and answers whether there was one; otherwise takes the line break. */
    private boolean more() {
        if (at >= text.length()) {
            return false;
        }
        char separator = text.charAt(at++);
        if (separator == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        if (separator != ',') {
            line++;
            return false;
        }
        return true;
    }

    private boolean plain(List<String> fields) {
        int from = at;
        boolean whole = true;
        while (at < text.length() && !ends(text.charAt(at))) {
            if (text.charAt(at) == '"' && whole) {
                problems.add(
                        place(), "", "a field with a quote to be quoted as a whole", "a quote inside a plain field");
                whole = false;
            }
            at++;
        }
        fields.add(text.substring(from, at));
        return whole;
    }

    private boolean quoted(List<String> fields) {
        int start = line;
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else if (c == '"') {
                fields.add(field.toString());
                return closed();
            } else {
                line += c == '\n' ? 1 : 0;
                field.append(c);
            }
        }
        problems.add(new Place(file, start, 0), "", "a closing quote", "the end of the file");
        return false;
    }

    private boolean closed() {
        if (at >= text.length() || ends(text.charAt(at))) {
            return true;
        }
        problems.add(place(), "", "a comma or the end of the line after a closing quote", "more text");
        while (at < text.length() && !ends(text.charAt(at))) {
            at++;
        }
        return false;
    }

    private static boolean ends(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }

    private Place place() {
        return new Place(file, line, 0);
    }
}
