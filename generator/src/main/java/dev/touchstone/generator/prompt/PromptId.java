package dev.touchstone.generator.prompt;

import java.util.regex.Pattern;

/**
 * Stable name of a prompt, unique across the packs of a run: {@code <pack>-<nnn>} in the shipped packs. Safe as a file
 * name.
 *
 * @param value {@code [a-z0-9][a-z0-9-]*}, at most 80 characters
 */
public record PromptId(String value) implements Comparable<PromptId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

    /** @throws IllegalArgumentException if the value has another form */
    public PromptId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("prompt id: expected " + FORM.pattern() + ", found \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(PromptId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
