package dev.touchstone.eval.golden;

import dev.touchstone.metrics.feature.Attribute;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An edit whose result is known.
 *
 * @param pair stable name, such as {@code edit-0001}
 * @param kind {@code background, recolour, remove} or {@code inpaint}
 * @param instruction what a person would ask for
 * @param caption the wanted picture in words
 * @param before what the input shows
 * @param after what the target shows
 */
public record GoldenEdit(
        String pair,
        String kind,
        String instruction,
        String caption,
        SortedMap<Attribute, String> before,
        SortedMap<Attribute, String> after) {

    public GoldenEdit {
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
    }

    /**
     * The pictures of an edit at one size, all PNG.
     *
     * @param input the picture to edit; of an inpainting with the masked part greyed out
     * @param mask white where pixels may change, black elsewhere
     * @param target the picture expected
     */
    public record EditFiles(Path input, Path mask, Path target) {}
}
