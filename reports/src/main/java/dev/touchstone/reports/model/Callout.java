package dev.touchstone.reports.model;

import java.util.List;

/**
 * Something that must not be overlooked.
 *
 * @param tone what kind of thing
 * @param title one line
 * @param lines sentences; may be empty
 */
public record Callout(Tone tone, String title, List<String> lines) implements Block {

    public Callout {
        lines = List.copyOf(lines);
    }
}
