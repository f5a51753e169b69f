package dev.touchstone.generator.scene.drawing;

import dev.touchstone.generator.scene.Scene;
import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the parts of a picture, back to front, in coordinates of the thing that is being drawn. */
final class Sketch {
    private final Scene scene;
    private final Affine affine;
    private final List<Part> parts;
    private final List<Outline> details;

    private Sketch(Scene scene, Affine affine, List<Part> parts, List<Outline> details) {
        this.scene = scene;
        this.affine = affine;
        this.parts = parts;
        this.details = details;
    }

    Sketch(Scene scene, Affine affine) {
        this(scene, affine, new ArrayList<>(), new ArrayList<>());
    }

    /** The same picture in other coordinates. */
    Sketch within(Affine local) {
        return new Sketch(scene, affine.then(local), parts, details);
    }

    Scene scene() {
        return scene;
    }

    Affine affine() {
        return affine;
    }

    String value(Attribute attribute, String otherwise) {
        return scene.value(attribute).orElse(otherwise);
    }

    /** Random numbers for one purpose. */
    Stream stream(String purpose) {
        return new Stream(scene.variation(), purpose);
    }

    /** -1 where the light comes from the left, 1 from the right. */
    double light() {
        return value(Attribute.LIGHT, "left").equals("right") ? 1 : -1;
    }

    boolean shaded() {
        return value(Attribute.STYLE, "shaded").equals("shaded");
    }

    void add(Outline outline, Ink ink, Volume volume) {
        parts.add(new Part(outline.through(affine), ink, volume));
    }

    void add(Outline outline, int rgb, Volume volume) {
        add(outline, Ink.of(rgb), volume);
    }

    /** A detail in one colour. */
    void ink(Outline outline, int rgb) {
        add(outline, rgb, Volume.INK);
    }

    /** A reflection of light. */
    void glint(Outline outline, double opacity) {
        add(outline, Ink.of(0xFFFFFF, opacity), Volume.GLINT);
    }

    /** A soft shadow on the ground. */
    void shadow(double x, double y, double rx, double ry, double depth) {
        Outline outline = Outline.ellipse(x, y, rx, ry).through(affine);
        Outline.Bounds box = outline.bounds();
        Ink ink = (px, py) -> {
            double u = (px - box.x()) / (box.width() / 2);
            double v = (py - box.y()) / (box.height() / 2);
            double fade = Math.max(0, 1 - u * u - v * v);
            return 0x120C1C | (int) (255 * depth * Math.min(1, fade * 1.3)) << 24;
        };
        parts.add(new Part(outline, ink, Volume.SHADOW));
    }

    /** Marks an area as characteristic of the subject. */
    void detail(Outline outline) {
        details.add(outline.through(affine));
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** The characteristic area, where the subject has one. */
    Optional<Outline> detail() {
        return details.stream().reduce(Outline::and);
    }
}
