package dev.touchstone.generator.document;

import java.util.Locale;

/** Foreign text made fit for a message: one line, no control characters, not endless. */
public final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    /** At most 80 characters of the text, control and invisible ones written as escapes. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int length = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (++length > LONGEST) {
                return shown.append("...").toString();
            }
            int type = Character.getType(point);
            if (Character.isISOControl(point)
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                shown.append(
                        point == '\n' ? "\\n" : point == '\t' ? "\\t" : String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
            at += Character.charCount(point);
        }
        return shown.toString();
    }
}
