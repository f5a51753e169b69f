package dev.touchstone.generator.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionsSchema.Option;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.OptionsSchema.Type;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.metrics.file.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of the manifest's JSON schema that follows from the installed back ends: its member {@code allOf}. */
final class BackendSchema {

    /** Sides are listed in the schema's pattern up to so many; more are left to the reader. */
    private static final int MOST_LISTED = 64;

    private BackendSchema() {}

    /** One rule for manifests that name no back end, and one for each back end. */
    static ArrayNode of(BackendProviders providers) {
        ArrayNode rules = Json.object().putArray("allOf");
        ObjectNode unnamed = rules.addObject();
        unnamed.put("description", "A manifest that names no back end names a built-in model.");
        unnamed.set("if", names(Json.object(), false));
        ObjectNode id = property(property(unnamed.putObject("then"), "model"), "id");
        providers.names().forEach(id.putArray("enum")::add);
        providers.names().forEach(name -> rules.add(rule(providers.named(name))));
        return rules;
    }

    private static ObjectNode rule(BackendProvider provider) {
        ObjectNode rule = Json.object();
        rule.put("description", "What back end " + provider.name() + " takes.");
        ArrayNode either = rule.putObject("if").putArray("anyOf");
        ObjectNode named = names(either.addObject(), true);
        property(property(named, "serving"), "backend").put("const", provider.name());
        ObjectNode builtin = names(either.addObject(), false);
        property(property(builtin, "model"), "id").put("const", provider.name());
        ObjectNode then = rule.putObject("then");
        ObjectNode serving = property(then, "serving");
        property(serving, "path").put("const", provider.servingPath().id());
        options(provider, property(serving, "options"), serving);
        generation(provider, property(then, "generation"));
        return rule;
    }

    // "serving.backend is there", or its contrary.
    private static ObjectNode names(ObjectNode schema, boolean there) {
        ObjectNode of = there ? schema : schema.putObject("not");
        of.putArray("required").add("serving");
        property(of, "serving").putArray("required").add("backend");
        return schema;
    }

    private static ObjectNode property(ObjectNode schema, String key) {
        return schema.withObjectProperty("properties").withObjectProperty(key);
    }

    private static void options(BackendProvider provider, ObjectNode options, ObjectNode serving) {
        options.put("additionalProperties", false);
        List<String> needed = provider.options().options().stream()
                .filter(option -> option.presence() instanceof Presence.Needed)
                .map(Option::key)
                .toList();
        if (!needed.isEmpty()) {
            needed.forEach(options.putArray("required")::add);
            serving.putArray("required").add("options");
        }
        for (Option option : provider.options().options()) {
            ObjectNode schema = property(options, option.key());
            schema.put("description", option.description());
            if (option.presence() instanceof Presence.Otherwise otherwise) {
                schema.put("default", otherwise.text());
            }
            type(option.type(), schema);
        }
    }

    private static void type(Type type, ObjectNode schema) {
        if (type instanceof Type.Text text) {
            schema.put("type", "string").put("pattern", "^(" + text.form().pattern() + ")$");
        } else if (type instanceof Type.Whole whole) {
            schema.put("type", "integer").put("minimum", whole.least()).put("maximum", whole.most());
        } else if (type instanceof Type.Decimal) {
            schema.put("type", "number");
        } else if (type instanceof Type.Flag) {
            schema.put("type", "boolean");
        } else if (type instanceof Type.Choice choice) {
            choice.names().forEach(schema.putArray("enum")::add);
        } else if (type instanceof Type.Texts texts) {
            schema.put("type", "array").put("uniqueItems", true);
            schema.putObject("items")
                    .put("type", "string")
                    .put("pattern", "^(" + texts.form().pattern() + ")$");
        } else if (type instanceof Type.Table table) {
            schema.put("type", "object").put("additionalProperties", false);
            schema.putObject("patternProperties")
                    .putObject("^(" + table.keys().pattern() + ")$")
                    .put("type", "string")
                    .put("pattern", "^(" + table.form().pattern() + ")$");
        } else {
            schema.put("type", "string"); // a file
        }
    }

    private static void generation(BackendProvider provider, ObjectNode generation) {
        BackendCapabilities capabilities;
        try {
            capabilities = provider.capabilities(new BackendSettings(
                    new BackendSettings.Model(provider.name(), "1"), "auto", "fp32", OptionValues.NONE));
        } catch (BackendException e) {
            return; // what it takes depends on options that it needs; the reader knows
        }
        boolean depends = !provider.options().options().isEmpty();
        for (Setting setting : Setting.values()) {
            if (capabilities.support(setting) == Support.NEEDED) {
                generation.withArrayProperty("required").add(setting.key());
            } else if (!capabilities.takes(setting) && !depends) {
                generation.withObjectProperty("properties").put(setting.key(), false);
            }
        }
        if (!capabilities.samplers().isEmpty()) {
            ArrayNode samplers = property(generation, "sampler").putArray("enum");
            capabilities.samplers().forEach(samplers::add);
        }
        property(generation, "concurrency").put("maximum", capabilities.load().concurrency());
        if (capabilities.sizes() instanceof SizeRule.Sides sides
                && sides.mostPixels() / sides.multipleOf() <= MOST_LISTED) {
            String side = IntStream.rangeClosed(1, sides.mostPixels() / sides.multipleOf())
                    .map(i -> i * sides.multipleOf())
                    .filter(pixels -> pixels >= sides.leastPixels())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining("|"));
            property(generation, "resolution").put("pattern", "^(by-class|(" + side + ")x(" + side + "))$");
        }
    }
}
