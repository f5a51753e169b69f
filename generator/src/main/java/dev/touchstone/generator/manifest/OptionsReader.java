package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.backend.OptionsSchema;
import dev.touchstone.generator.backend.OptionsSchema.Option;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.OptionsSchema.Type;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the section {@code serving.options} as the back end's provider says it looks. */
final class OptionsReader {

    private final StrictSection section;
    private final ProjectPaths paths;

    OptionsReader(StrictSection section, ProjectPaths paths) {
        this.section = section;
        this.paths = paths;
    }

    OptionValues read(OptionsSchema schema) {
        SortedMap<String, Value> values = new TreeMap<>();
        for (Option option : schema.options()) {
            StrictValue value = option.presence() instanceof Presence.Needed
                    ? section.required(option.key())
                    : section.optional(option.key());
            if (value.isPresent()) {
                read(option.type(), value).ifPresent(found -> values.put(option.key(), found));
            } else if (option.presence() instanceof Presence.Otherwise otherwise) {
                values.put(option.key(), new Value.One(otherwise.text()));
            }
        }
        section.noOtherKeys();
        return new OptionValues(values);
    }

    private Optional<? extends Value> read(Type type, StrictValue value) {
        if (type instanceof Type.Text text) {
            return value.text(text.form(), text.described()).map(Value.One::new);
        }
        if (type instanceof Type.Whole whole) {
            return value.integer(whole.least(), whole.most()).map(number -> new Value.One(Long.toString(number)));
        }
        if (type instanceof Type.Decimal decimal) {
            return value.number(decimal.range()).map(number -> new Value.One(plain(number)));
        }
        if (type instanceof Type.Flag) {
            return value.choice(List.of("true", "false")).map(Value.One::new);
        }
        if (type instanceof Type.Choice choice) {
            return value.choice(choice.names()).map(Value.One::new);
        }
        if (type instanceof Type.Texts texts) {
            return value.list(0, item -> item.text(texts.form(), texts.described()))
                    .map(Value.Many::new);
        }
        if (type instanceof Type.Table table) {
            return value.section().map(entries -> table(table, entries, value));
        }
        return paths.within(value).flatMap(path -> file(path, value));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static Value table(Type.Table type, StrictSection entries, StrictValue whole) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String key : entries.keys()) {
            if (type.keys().matcher(key).matches()) {
                entries.optional(key).text(type.form(), type.described()).ifPresent(text -> texts.put(key, text));
            } else {
                whole.problem("keys that match " + type.keys().pattern(), "it has the key \"" + key + "\"");
            }
        }
        return new Value.Table(texts);
    }

    private static Optional<Value.ProjectFile> file(Path path, StrictValue value) {
        try {
            return Optional.of(new Value.ProjectFile(path, Sha256.of(path)));
        } catch (IOException e) {
            value.problem("a file that can be read", path + ": " + IoReason.of(e));
            return Optional.empty();
        }
    }
}
