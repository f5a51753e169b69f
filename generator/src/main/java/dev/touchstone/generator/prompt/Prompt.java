package dev.touchstone.generator.prompt;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing to ask of a model.
 *
 * @param id stable name
 * @param text the prompt
 * @param negative what the picture should not show, empty if nothing
 * @param labels the prompt's label on every cohort axis
 * @param rotation whether the prompt stays in every release of its pack
 * @param asks the scene attributes that the text asks for; empty where nobody said, and then adherence is unscored
 * @param edit present where the prompt edits a picture
 */
public record Prompt(
        PromptId id,
        String text,
        String negative,
        SortedMap<CohortAxis, String> labels,
        Rotation rotation,
        SortedMap<Attribute, String> asks,
        Optional<EditSpec> edit) {

    /** Whether a prompt stays or is exchanged from one release of its pack to the next. */
    public enum Rotation {
        STABLE,
        ROTATING
    }

    /** @throws IllegalArgumentException if the text is blank or a cohort label is missing */
    public Prompt {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        asks = Collections.unmodifiableSortedMap(new TreeMap<>(asks));
        if (text.isBlank()) {
            throw new IllegalArgumentException("prompt " + id + ": expected a text, found a blank one");
        }
        for (CohortAxis axis : CohortAxis.values()) {
            if (!labels.containsKey(axis)) {
                throw new IllegalArgumentException("prompt " + id + ": expected a label for " + axis.id());
            }
        }
    }

    /** The prompt's label on an axis. */
    public String label(CohortAxis axis) {
        return labels.get(axis);
    }
}
