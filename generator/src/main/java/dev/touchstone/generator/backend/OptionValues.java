package dev.touchstone.generator.backend;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options of a back end, checked against its {@link OptionsSchema} and with defaults filled in.
 *
 * @param values by key
 */
public record OptionValues(SortedMap<String, Value> values) {

    /** No options. */
    public static final OptionValues NONE = new OptionValues(new TreeMap<>());

    public OptionValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** A value. */
    public sealed interface Value {

        /** @param text a text, a number in plain decimal form, {@code true} or {@code false} */
        record One(String text) implements Value {}

        /** @param texts in the manifest's order */
        record Many(List<String> texts) implements Value {
            public Many {
                texts = List.copyOf(texts);
            }
        }

        /** @param texts by key */
        record Table(SortedMap<String, String> texts) implements Value {
            public Table {
                texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
            }
        }

        /**
         * A file as it was when the manifest was read.
         *
         * @param path absolute
         * @param sha256 of its bytes
         */
        record ProjectFile(Path path, String sha256) implements Value {}
    }

    /** Whether the option has a value. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The text, number or truth value of an option, if it has one. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key))
                .filter(Value.One.class::isInstance)
                .map(value -> ((Value.One) value).text());
    }

    /** A whole number, if it is there. */
    public OptionalLong whole(String key) {
        Optional<String> text = text(key);
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    /** A number, if it is there. */
    public OptionalDouble decimal(String key) {
        Optional<String> text = text(key);
        return text.isPresent() ? OptionalDouble.of(Double.parseDouble(text.get())) : OptionalDouble.empty();
    }

    /** Whether a truth value is there and true. */
    public boolean flag(String key) {
        return text(key).filter("true"::equals).isPresent();
    }

    /** The texts of a list; empty if it is not there. */
    public List<String> texts(String key) {
        return values.get(key) instanceof Value.Many many ? many.texts() : List.of();
    }

    /** A section; empty if it is not there. */
    public SortedMap<String, String> table(String key) {
        return values.get(key) instanceof Value.Table table ? table.texts() : new TreeMap<>();
    }

    /** A file, if it is there. */
    public Optional<Value.ProjectFile> file(String key) {
        return values.get(key) instanceof Value.ProjectFile file ? Optional.of(file) : Optional.empty();
    }
}
