package dev.touchstone.reports.model;

import java.util.List;

/**
 * Labelled values.
 *
 * @param entries in order
 * @param emphasis how loud they speak
 */
public record KeyValues(List<Entry> entries, Emphasis emphasis) implements Block {

    public KeyValues {
        entries = List.copyOf(entries);
    }

    /** How loud the values speak. */
    public enum Emphasis {
        /** A quiet list. */
        LIST,
        /** The numbers that a reader came for. */
        HEADLINE
    }

    /** A label and its value. */
    public record Entry(String label, Cell value) {}
}
