package dev.touchstone.reports.model;

/**
 * Running text.
 *
 * @param text any text, shown as it is
 * @param role how loud it speaks
 */
public record Paragraph(String text, Role role) implements Block {

    /** How loud a paragraph speaks. */
    public enum Role {
        BODY,
        /** How to read what stands near it. */
        NOTE
    }

    public static Paragraph of(String text) {
        return new Paragraph(text, Role.BODY);
    }

    public static Paragraph note(String text) {
        return new Paragraph(text, Role.NOTE);
    }
}
