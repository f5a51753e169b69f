package dev.touchstone.reports.model;

import java.util.Locale;

/**
 * Makes characters visible that would change how the text around them reads: controls, and marks that turn the direction of
 * writing. They become their code point in brackets, as in {@code [U+202E]}; everything else stays.
 */
public final class VisibleText {

    private VisibleText() {}

    /** The text with disturbing characters spelled out. */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isDisturbing(point)) {
                visible.append(String.format(Locale.ROOT, "[U+%04X]", point));
            } else {
                visible.appendCodePoint(point);
            }
        });
        return visible.toString();
    }

    private static boolean isDisturbing(int point) {
        if (point == '\n' || point == '\t') {
            return false;
        }
        return Character.isISOControl(point)
                || point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x2028 && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069
                || point >= 0xD800 && point <= 0xDFFF
                || point == 0xFEFF
                || point >= 0xFFFE && (point & 0xFFFE) == 0xFFFE;
    }
}
