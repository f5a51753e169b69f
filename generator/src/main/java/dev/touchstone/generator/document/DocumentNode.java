package dev.touchstone.generator.document;

import java.util.List;

/** A value of a file, whatever the file's syntax, with its place. */
public sealed interface DocumentNode {

    /** Deepest nesting that is read. */
    int MAX_DEPTH = 32;

    /** Where the value starts. */
    Place place();

    /** What the value is called in a message. */
    String shown();

    /**
     * A single value.
     *
     * @param text as written, quotes and escapes resolved
     */
    record Scalar(Place place, String text, Kind kind) implements DocumentNode {

        @Override
        public String shown() {
            return switch (kind) {
                case TEXT -> '"' + Shown.of(text) + '"';
                case INTEGER, NUMBER -> "the number " + Shown.of(text);
                case BOOLEAN -> Shown.of(text);
                case NOTHING -> "nothing";
            };
        }
    }

    /** A list. */
    record Sequence(Place place, List<DocumentNode> items) implements DocumentNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "a list of " + items.size();
        }
    }

    /** Keys with values, in file order, each key once. */
    record Mapping(Place place, List<Entry> entries) implements DocumentNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String shown() {
            return entries.isEmpty()
                    ? "an empty section"
                    : "a section with the key \"" + Shown.of(entries.get(0).key()) + '"';
        }
    }

    /**
     * A key and its value.
     *
     * @param place of the key
     */
    record Entry(Place place, String key, DocumentNode value) {}

    /** What a single value is. */
    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NOTHING
    }
}
