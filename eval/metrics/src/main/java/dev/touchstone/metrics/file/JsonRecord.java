package dev.touchstone.metrics.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One JSON object that was read, with the place it came from. Every look-up checks presence and type and throws
 * {@link DataFileException} with place and key; unknown keys are ignored, so that older readers take newer minor additions.
 *
 * @param place file, or file and line
 * @param node the object
 */
public record JsonRecord(String place, ObjectNode node) {

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    public String text(String key) {
        JsonNode value = required(key, "a text");
        if (!value.isTextual()) {
            throw wrong(key, "a text", value);
        }
        return value.textValue();
    }

    /** The text, or empty where the key is absent. */
    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    public long integer(String key) {
        JsonNode value = required(key, "an integer");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(key, "an integer", value);
        }
        return value.longValue();
    }

    /** An integer within [0, 2^31). */
    public int count(String key) {
        long value = integer(key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw wrong(key, "an integer in [0, 2^31)", node.get(key));
        }
        return (int) value;
    }

    public double number(String key) {
        JsonNode value = required(key, "a number");
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(key, "a finite number", value);
        }
        return value.doubleValue();
    }

    public boolean flag(String key) {
        JsonNode value = required(key, "true or false");
        if (!value.isBoolean()) {
            throw wrong(key, "true or false", value);
        }
        return value.booleanValue();
    }

    public JsonRecord object(String key) {
        JsonNode value = required(key, "an object");
        if (!(value instanceof ObjectNode object)) {
            throw wrong(key, "an object", value);
        }
        return new JsonRecord(place + ": " + key, object);
    }

    public List<JsonRecord> objects(String key) {
        JsonNode value = required(key, "a list of objects");
        if (!value.isArray()) {
            throw wrong(key, "a list of objects", value);
        }
        List<JsonRecord> found = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            if (!(item instanceof ObjectNode object)) {
                throw wrong(key, "a list of objects", item);
            }
            found.add(new JsonRecord(place + ": " + key, object));
        }
        return List.copyOf(found);
    }

    /** This object's entries, all of them texts. */
    public SortedMap<String, String> texts() {
        SortedMap<String, String> found = new TreeMap<>();
        for (String key :
                node.properties().stream().map(java.util.Map.Entry::getKey).toList()) {
            found.put(key, text(key));
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /** The key's value as a problem of this record: {@code place: key: expected X, found Y}. */
    public DataFileException wrong(String key, String expected, Object found) {
        return new DataFileException(place + ": " + key + ": expected " + expected + ", found " + found);
    }

    private JsonNode required(String key, String expected) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw wrong(key, expected, "nothing");
        }
        return value;
    }
}
