package dev.touchstone.generator.scene.drawing;

import dev.touchstone.generator.scene.Scene;
import dev.touchstone.metrics.feature.Attribute;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One scene laid out for one size of picture. */
public final class Picture {
    private static final double CELLS = 21;

    private final Scene scene;
    private final int width;
    private final int height;

    /** Lays out a scene; sizes in pixels. */
    public Picture(Scene scene, int width, int height) {
        this.scene = scene;
        this.width = width;
        this.height = height;
    }

    /** The pixels, row by row, as 0xRRGGBB. */
    public int[] pixels() {
        return pixels(true);
    }

    private int[] pixels(boolean withSubject) {
        String style = style();
        Treatment treatment = treatment(style);
        int cell = cell(style);
        Canvas canvas = canvas(cell);
        for (Part part : background(frame(cell), cell)) {
            treatment.paint(canvas, part);
        }
        if (withSubject) {
            subject(frame(cell)).parts().forEach(part -> treatment.paint(canvas, part));
        }
        return enlarged(canvas, cell);
    }

    /** The subject on an even ground. */
    private int[] subjectOn(int rgb) {
        String style = style();
        Treatment treatment = treatment(style);
        int cell = cell(style);
        Canvas canvas = canvas(cell);
        Arrays.fill(canvas.rgb, rgb);
        subject(frame(cell)).parts().forEach(part -> treatment.paint(canvas, part));
        return enlarged(canvas, cell);
    }

    private String style() {
        return scene.value(Attribute.STYLE).orElse("shaded");
    }

    private Treatment treatment(String style) {
        double light = scene.value(Attribute.LIGHT).orElse("left").equals("right") ? 1 : -1;
        double side = (double) shortSide() / cell(style);
        return Treatment.of(style, scene.variation(), side, placement().half(), light);
    }

    private int cell(String style) {
        return style.equals("pixel") ? Math.max(1, (int) (shortSide() / CELLS + 0.5)) : 1;
    }

    private Canvas canvas(int cell) {
        return new Canvas((width + cell - 1) / cell, (height + cell - 1) / cell, cell > 1);
    }

    /** 255 where the region is, 0 elsewhere, row by row. */
    public byte[] mask(Extent extent) {
        Sketch sketch = subject(frame(1));
        boolean[] inside = switch (extent) {
            case SUBJECT -> subjectPixels(sketch.parts());
            case BACKGROUND -> behind();
            case DETAIL -> covered(List.of(detail(sketch)));
        };
        return new Dilation(width, height, shortSide() / 32.0).of(inside);
    }

    /** What a mask may show. */
    public enum Extent {
        SUBJECT,
        BACKGROUND,
        DETAIL
    }

    private boolean[] subjectPixels(List<Part> parts) {
        boolean[] inside = covered(parts.stream().map(Part::outline).toList());
        int[] with = pixels(true);
        int[] without = pixels(false);
        for (int i = 0; i < inside.length; i++) {
            inside[i] |= with[i] != without[i];
        }
        return inside;
    }

    /** Where something of the ground shows, even faintly. */
    private boolean[] behind() {
        int[] onBlack = subjectOn(0);
        int[] onWhite = subjectOn(0xFFFFFF);
        boolean mirror = scene.subject().equals("mirror-ball");
        boolean[] shows = new boolean[onBlack.length];
        for (int i = 0; i < shows.length; i++) {
            shows[i] = mirror || onBlack[i] != onWhite[i];
        }
        return shows;
    }

    private Outline detail(Sketch sketch) {
        Optional<Outline> own = sketch.detail();
        if (own.isPresent() && !scene.subject().equals("faces")) {
            return own.orElseThrow();
        }
        if (sketch.parts().isEmpty()) {
            return Outline.box(width / 3.0, height / 3.0, width * 2 / 3.0, height * 2 / 3.0);
        }
        Outline.Bounds box = sketch.parts().stream()
                .filter(part -> part.volume() != Volume.SHADOW)
                .map(Part::box)
                .reduce(Outline.Bounds::around)
                .orElseThrow();
        double bottom = Math.min(height, box.bottom());
        double third = (bottom - box.top()) / 3;
        return Outline.box(box.left(), box.top() + third, box.right(), bottom - third);
    }

    private boolean[] covered(List<Outline> outlines) {
        Canvas canvas = new Canvas(width, height, false);
        boolean[] inside = new boolean[width * height];
        for (Outline outline : outlines) {
            canvas.limit(outline);
            for (int i = 0; i < inside.length; i++) {
                inside[i] |= canvas.limitAt(i % width, i / width) > 0;
            }
        }
        return inside;
    }

    private int shortSide() {
        return Math.min(width, height);
    }

    private Affine frame(int cell) {
        double scale = (double) shortSide() / cell;
        return Affine.scale(scale, scale);
    }

    private List<Part> background(Affine frame, int cell) {
        Sketch sketch = new Sketch(scene, frame);
        double side = shortSide();
        Backdrop.draw(sketch, width / side, height / side, cell > 1 ? cell / side : 0);
        return sketch.parts();
    }

    private Placement placement() {
        double side = shortSide();
        return Placement.of(scene, width / side, height / side);
    }

    private Sketch subject(Affine frame) {
        Sketch sketch = new Sketch(scene, frame.then(placement().affine()));
        switch (scene.subject()) {
            case "face" -> Portrait.draw(sketch);
            case "house" -> Things.house(sketch);
            case "tree" -> Things.tree(sketch);
            case "star" -> Things.star(sketch);
            case "cat" -> Animals.cat(sketch);
            case "fish" -> Animals.fish(sketch);
            case "flower" -> Things.flower(sketch);
            case "boat" -> Things.boat(sketch);
            case "bottle" -> Goods.bottle(sketch);
            case "jar" -> Goods.jar(sketch);
            case "box" -> Goods.box(sketch);
            case "mug" -> Goods.mug(sketch);
            case "balls" -> Probes.balls(sketch);
            case "hand" -> Hand.draw(sketch);
            case "faces" -> Probes.faces(sketch);
            case "mirror-ball" -> Probes.mirrorBall(sketch);
            case "pile" -> Probes.pile(sketch);
            case "word" -> Words.draw(sketch);
            default -> {}
        }
        return sketch;
    }

    private int[] enlarged(Canvas canvas, int cell) {
        if (cell == 1) {
            return canvas.rgb;
        }
        int[] out = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[y * width + x] = canvas.rgb[y / cell * canvas.width + x / cell];
            }
        }
        return out;
    }
}
