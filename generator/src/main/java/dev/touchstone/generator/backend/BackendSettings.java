package dev.touchstone.generator.backend;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a manifest says about how its back end is to be opened.
 *
 * @param modelVersion version of the model, at least 1
 * @param runtime name of the runtime, or {@code auto}
 * @param precision such as {@code fp32}
 * @param options what only this kind of back end knows; may be empty
 */
public record BackendSettings(int modelVersion, String runtime, String precision, SortedMap<String, String> options) {

    public BackendSettings {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
}
