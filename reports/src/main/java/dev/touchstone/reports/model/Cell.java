package dev.touchstone.reports.model;

import dev.touchstone.eval.result.Figure;

/** What stands in a table cell or behind a label. */
public sealed interface Cell {

    static Cell text(String text) {
        return new Text(text, "");
    }

    static Cell count(long value) {
        return new Count(value);
    }

    static Cell of(Figure figure) {
        return new Measured(figure, Shade.NONE);
    }

    /**
     * Words.
     *
     * @param note a second, quieter line; may be empty
     */
    record Text(String text, String note) implements Cell {}

    /** Digests, ids and settings: characters that are compared one by one. */
    record Code(String text) implements Cell {}

    /** An exact number of things. */
    record Count(long value) implements Cell {}

    /** A short word in a tone. */
    record Badge(String text, Tone tone) implements Cell {}

    /** A figure with its interval and n, or the reason why there is none. */
    record Measured(Figure figure, Shade shade) implements Cell {}

    /**
     * How a figure stands against the rest of its column.
     *
     * @param lean from -1 (worst) over 0 (nothing to say) to 1 (best)
     */
    record Shade(double lean) {

        public static final Shade NONE = new Shade(0);

        /** @throws IllegalArgumentException if the lean is outside [-1, 1] */
        public Shade {
            if (!(lean >= -1 && lean <= 1)) {
                throw new IllegalArgumentException("shade: expected a lean in [-1, 1], found " + lean);
            }
        }
    }
}
