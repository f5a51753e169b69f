package dev.touchstone.generator.backend;

import dev.touchstone.generator.document.NumberRange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a manifest may say in {@code serving.options} for one kind of back end. The reader of manifests checks it, the published
 * schema shows it, and editors complete it.
 *
 * @param options in the order in which they are shown
 */
public record OptionsSchema(List<Option> options) {

    /** No options. */
    public static final OptionsSchema NONE = new OptionsSchema(List.of());

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** @throws IllegalArgumentException if a key has another form than {@code [a-z][a-z0-9_]*}, is there twice, or is not described */
    public OptionsSchema {
        options = List.copyOf(options);
        Set<String> seen = new HashSet<>();
        for (Option option : options) {
            if (!KEY.matcher(option.key()).matches()
                    || !seen.add(option.key())
                    || option.description().isBlank()) {
                throw new IllegalArgumentException("options: expected unique, described keys of " + KEY.pattern()
                        + ", found \"" + option.key() + "\"");
            }
        }
    }

    /**
     * One option.
     *
     * @param key in the manifest, snake_case
     * @param type of its value
     * @param presence whether it must be there
     * @param effect what it can change
     * @param description a sentence for people
     */
    public record Option(String key, Type type, Presence presence, Effect effect, String description) {}

    /** Whether an option must be there. */
    public sealed interface Presence {

        /** The manifest must say it. */
        record Needed() implements Presence {}

        /** The manifest may leave it out; it is absent then. */
        record Free() implements Presence {}

        /** @param text the value if the manifest leaves it out, as it would stand in a manifest */
        record Otherwise(String text) implements Presence {}
    }

    /** What an option can change. */
    public enum Effect {
        /** The pictures: it is part of the generation digest, and so of the run's id. */
        PICTURE,
        /** Only how they are fetched, such as an address or a time limit. */
        SERVING
    }

    /** What a value looks like. */
    public sealed interface Type {

        /**
         * A text.
         *
         * @param form what it matches
         * @param described the form in words
         */
        record Text(Pattern form, String described) implements Type {}

        /** A whole number in [least, most]. */
        record Whole(long least, long most) implements Type {}

        /** A number in a range. */
        record Decimal(NumberRange range) implements Type {}

        /** {@code true} or {@code false}. */
        record Flag() implements Type {}

        /** @param names one of these */
        record Choice(List<String> names) implements Type {
            public Choice {
                names = List.copyOf(names);
            }
        }

        /** A file, relative to the manifest and inside its project. Its digest counts, not its name. */
        record ProjectFile() implements Type {}

        /** A list of texts, each once. */
        record Texts(Pattern form, String described) implements Type {}

        /**
         * A section of keys with texts.
         *
         * @param keys what keys match
         * @param form what values match
         * @param described the form of the values in words
         */
        record Table(Pattern keys, Pattern form, String described) implements Type {}
    }

    /** The option of a key. */
    public Optional<Option> option(String key) {
        return options.stream().filter(option -> option.key().equals(key)).findFirst();
    }
}
