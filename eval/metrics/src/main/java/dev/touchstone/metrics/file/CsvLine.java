package dev.touchstone.metrics.file;

import java.util.regex.Pattern;

/**
 * One line of CSV after RFC 4180, cell by cell, ending with {@code \n}. Text cells that a spreadsheet would run as a formula
 * get a leading apostrophe; number cells are written as they are.
 */
public final class CsvLine {

    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]");
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final StringBuilder line = new StringBuilder();
    private boolean empty = true;

    /** Appends a text. */
    public CsvLine text(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return cell(formula ? "'" + text : text);
    }

    /** Appends an integer. */
    public CsvLine number(long value) {
        return cell(Long.toString(value));
    }

    /** Appends a number in the shortest form that reads back the same. */
    public CsvLine number(double value) {
        return cell(Double.toString(value));
    }

    /** Appends seconds with six decimals. */
    public CsvLine seconds(double seconds) {
        return cell(Json.seconds(seconds).asText());
    }

    /** Appends an empty cell. */
    public CsvLine empty() {
        return cell("");
    }

    /** The line with its end. */
    public String end() {
        return line.append('\n').toString();
    }

    private CsvLine cell(String cell) {
        if (!empty) {
            line.append(',');
        }
        empty = false;
        if (QUOTED.matcher(cell).find()) {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        } else {
            line.append(cell);
        }
        return this;
    }
}
