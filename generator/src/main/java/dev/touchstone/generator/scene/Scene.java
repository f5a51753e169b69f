package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A picture of the built-in world, described: which value each defined attribute has, and the seed of everything that
 * the description leaves open (exact offsets, strand shapes, brush marks).
 *
 * @param workflow the look it belongs to
 * @param values the defined attributes, in attribute order; an attribute that makes no sense for the subject is absent
 * @param variation seed of what the attributes leave open
 */
public record Scene(Workflow workflow, SortedMap<Attribute, String> values, long variation) {

    /**
     * @throws IllegalArgumentException if the subject is missing or a value is not one of its attribute's values
     */
    public Scene {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        if (!values.containsKey(Attribute.SUBJECT)) {
            throw new IllegalArgumentException("scene: expected a subject, found only " + values.keySet());
        }
        for (Map.Entry<Attribute, String> entry : values.entrySet()) {
            if (!entry.getKey().choices().contains(entry.getValue())) {
                throw new IllegalArgumentException(
                        "scene: expected " + entry.getKey().id() + " to be one of "
                                + entry.getKey().choices() + ", found " + entry.getValue());
            }
        }
    }

    /** The value of an attribute, empty where the attribute does not apply to this scene. */
    public Optional<String> value(Attribute attribute) {
        return Optional.ofNullable(values.get(attribute));
    }

    /** The subject, which every scene has. */
    public String subject() {
        return values.get(Attribute.SUBJECT);
    }

    /** The same scene with one attribute changed. */
    public Scene with(Attribute attribute, String value) {
        Map<Attribute, String> changed = new EnumMap<>(Attribute.class);
        changed.putAll(values);
        changed.put(attribute, value);
        return new Scene(workflow, new TreeMap<>(changed), variation);
    }
}
