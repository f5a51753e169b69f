package dev.touchstone.reports.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A titled part; sections may hold sections.
 *
 * @param id link target, {@code [a-z][a-z0-9-]*}
 * @param title one line
 * @param blocks in order
 */
public record Section(String id, String title, List<Block> blocks) implements Block {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    /** @throws IllegalArgumentException if the id has another form */
    public Section {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("section: expected an id of [a-z][a-z0-9-]*, found \"" + id + "\"");
        }
        blocks = List.copyOf(blocks);
    }
}
