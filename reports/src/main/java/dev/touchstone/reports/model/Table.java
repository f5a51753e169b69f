package dev.touchstone.reports.model;

import java.util.List;

/**
 * Rows and columns; the first cell of a row names it.
 *
 * @param caption what the table shows; may be empty
 * @param columns titles and kinds
 * @param rows as wide as the columns
 */
public record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {

    /** @throws IllegalArgumentException if a row is not as wide as the columns */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("table \"" + caption + "\": expected rows of " + columns.size()
                        + " cells, found one of " + row.size());
            }
        }
    }

    /** What stands in a column. */
    public enum Kind {
        TEXT,
        NUMBER
    }

    /**
     * @param title one line
     * @param kind numbers are aligned to the right
     */
    public record Column(String title, Kind kind) {

        public static Column text(String title) {
            return new Column(title, Kind.TEXT);
        }

        public static Column number(String title) {
            return new Column(title, Kind.NUMBER);
        }
    }
}
