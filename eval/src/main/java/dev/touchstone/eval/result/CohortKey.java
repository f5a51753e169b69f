package dev.touchstone.eval.result;

import dev.touchstone.generator.prompt.CohortAxis;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which images a cohort holds: those whose prompts carry all these labels.
 *
 * @param labels by axis; empty for all images of the run
 */
public record CohortKey(SortedMap<CohortAxis, String> labels) {

    /** All images of the run. */
    public static final CohortKey OVERALL = new CohortKey(Collections.emptySortedMap());

    private static final String CROSS = "*";

    public CohortKey {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The images with one label. */
    public static CohortKey of(CohortAxis axis, String label) {
        return new CohortKey(new TreeMap<>(Collections.singletonMap(axis, label)));
    }

    /**
     * Reads what {@link #axis()} and {@link #label()} write.
     *
     * @throws IllegalArgumentException if an axis is unknown, or there is not one label for each axis
     */
    public static CohortKey parse(String axis, String label) {
        if (axis.equals(OVERALL.axis())) {
            return OVERALL;
        }
        String[] axes = axis.split(Pattern.quote(CROSS), -1);
        String[] names = label.split(Pattern.quote(CROSS), -1);
        if (axes.length != names.length) {
            throw new IllegalArgumentException(
                    "cohort: expected a label for each axis of \"" + axis + "\", found \"" + label + "\"");
        }
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        for (int i = 0; i < axes.length; i++) {
            String id = axes[i];
            labels.put(
                    Arrays.stream(CohortAxis.values())
                            .filter(one -> one.id().equals(id))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "cohort: expected a cohort axis, found \"" + id + "\"")),
                    names[i]);
        }
        return new CohortKey(labels);
    }

    /** Ids of the axes joined by {@code *}, as in {@code workflow*style_family}; {@code overall} without axes. */
    public String axis() {
        return labels.isEmpty()
                ? "overall"
                : labels.keySet().stream().map(CohortAxis::id).collect(Collectors.joining(CROSS));
    }

    /** Labels joined by {@code *}; {@code overall} without axes. */
    public String label() {
        return labels.isEmpty() ? "overall" : String.join(CROSS, labels.values());
    }

    /** {@code axis=label}, or {@code overall}. */
    @Override
    public String toString() {
        return labels.isEmpty() ? "overall" : axis() + "=" + label();
    }
}
