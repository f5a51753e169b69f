package dev.touchstone.generator.prompt;

import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Workflow;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels of a prompt on every axis.
 *
 * @param styleFamily {@code [a-z0-9-]{1,40}}
 */
public record PromptLabels(
        Workflow workflow, String styleFamily, ResolutionClass resolutionClass, UserType userType, Rotation rotation) {

    /** The same labels with another style family. */
    public PromptLabels withStyleFamily(String other) {
        return new PromptLabels(workflow, other, resolutionClass, userType, rotation);
    }

    /** The label on each cohort axis. */
    public SortedMap<CohortAxis, String> byAxis() {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        labels.put(CohortAxis.WORKFLOW, workflow.id());
        labels.put(CohortAxis.STYLE_FAMILY, styleFamily);
        labels.put(CohortAxis.RESOLUTION_CLASS, resolutionClass.id());
        labels.put(CohortAxis.USER_TYPE, userType.id());
        return labels;
    }

    /** Foreign words as a label: lower case, {@code -} for everything that is no letter or digit. */
    static String slug(String words) {
        String slug =
                words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "other" : slug.substring(0, Math.min(40, slug.length()));
    }
}
