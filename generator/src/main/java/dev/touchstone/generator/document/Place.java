package dev.touchstone.generator.document;

/**
 * Where something stands in a file.
 *
 * @param file as the reader was given it
 * @param line from 1; 0 means the file as a whole, the largest number its end
 * @param column from 1; 0 means the line as a whole
 */
public record Place(String file, int line, int column) implements Comparable<Place> {

    /** The file as a whole. */
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, without the parts that are not known. */
    @Override
    public String toString() {
        boolean known = line > 0 && line < Integer.MAX_VALUE;
        return file + (known ? ":" + line : "") + (known && column > 0 ? ":" + column : "");
    }
}
