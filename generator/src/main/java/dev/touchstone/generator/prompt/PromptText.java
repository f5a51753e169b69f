package dev.touchstone.generator.prompt;

import dev.touchstone.metrics.file.TextFile;
import java.util.Locale;
import java.util.Optional;

/** What a prompt's text may be. */
final class PromptText {

    static final int LONGEST = 2_000;

    private PromptText() {}

    /** What is wrong with a text that must say something; empty if nothing is. */
    static Optional<String> problem(String text) {
        if (TextFile.isBlank(text)) {
            return Optional.of("it is blank");
        }
        return problemOfOptional(text);
    }

    /** What is wrong with a text that may be empty. */
    static Optional<String> problemOfOptional(String text) {
        int characters = text.codePointCount(0, text.length());
        if (characters > LONGEST) {
            return Optional.of("it has " + characters + " characters");
        }
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "character %d is the control character U+%04X",
                        text.codePointCount(0, at) + 1,
                        point));
            }
            at += Character.charCount(point);
        }
        return Optional.empty();
    }

    static String expected() {
        return "a text of one line, at most " + LONGEST + " characters";
    }
}
