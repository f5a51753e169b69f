package dev.touchstone.eval.golden;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A picture of a golden dataset.
 *
 * @param file path in the dataset's folder, with {@code /}
 * @param workflow the workflow it stands for
 * @param attributes what it shows; empty where nobody said
 * @param caption what it shows in words, empty where nobody said
 * @param scene key of what it was made from or found as, unique in the dataset
 */
public record GoldenImage(
        String file, String workflow, SortedMap<Attribute, String> attributes, String caption, String scene) {

    public GoldenImage {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
