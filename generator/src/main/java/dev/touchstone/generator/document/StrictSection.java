package dev.touchstone.generator.document;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys with values, read by name. A reader asks for every key it knows and then says {@link #noOtherKeys}; whatever
 * was not asked for is a problem.
 */
public final class StrictSection {

    private final Place place;
    private final String path;
    private final Problems problems;
    private final Map<String, DocumentNode.Entry> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param place where a missing key is reported
     * @param path of the section's key, empty for the file
     */
    public StrictSection(DocumentNode.Mapping mapping, Place place, String path, Problems problems) {
        this.place = place;
        this.path = path;
        this.problems = problems;
        for (DocumentNode.Entry entry : mapping.entries()) {
            entries.put(entry.key(), entry);
        }
    }

    /** A file's outermost section. */
    public static StrictSection of(DocumentNode.Mapping mapping, Problems problems) {
        return new StrictSection(mapping, mapping.place(), "", problems);
    }

    /** Stands for a section that is not there: its keys are absent, and that is no problem of theirs. */
    public static StrictSection absent() {
        return of(new DocumentNode.Mapping(Place.of(""), List.of()), new Problems());
    }

    /** Stands for a section that was left out although it may hold keys that must be there: those are problems at its place. */
    public static StrictSection missing(StrictValue value) {
        return value.emptySection();
    }

    /** Where the section stands. */
    public Place place() {
        return place;
    }

    /** Every key there is, in file order; asking for them makes them known. */
    public List<String> keys() {
        known.addAll(entries.keySet());
        return List.copyOf(entries.keySet());
    }

    /** A key that must be there; if it is not, that is a problem and the value is absent. */
    public StrictValue required(String key) {
        known.add(key);
        if (!entries.containsKey(key)) {
            problems.add(place, path(key), "this key", "none");
        }
        return value(key);
    }

    /** A key that may be left out. */
    public StrictValue optional(String key) {
        known.add(key);
        return value(key);
    }

    private StrictValue value(String key) {
        return Optional.ofNullable(entries.get(key))
                .map(entry -> new StrictValue(entry.place(), path(key), Optional.of(entry.value()), problems))
                .orElseGet(() -> new StrictValue(place, path(key), Optional.empty(), problems));
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Reports every key that nobody asked for, with the nearest one that exists. */
    public void noOtherKeys() {
        for (DocumentNode.Entry entry : entries.values()) {
            if (!known.contains(entry.key())) {
                problems.add(new Problem(
                        entry.place(),
                        path(Shown.of(entry.key())),
                        "one of the keys " + String.join(", ", known),
                        "this unknown key",
                        NearestName.hint(entry.key(), known)));
            }
        }
    }
}
