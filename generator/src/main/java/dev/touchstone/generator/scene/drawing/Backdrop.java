package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;

/** Draws backgrounds. Coordinates: the short side of the picture is 1, the origin is at the top left. */
final class Backdrop {
    private final Sketch sketch;
    private final double width;
    private final double height;
    private final int ground;
    private final int other;
    private final Stream stream;

    private Backdrop(Sketch sketch, double width, double height) {
        this.sketch = sketch;
        this.width = width;
        this.height = height;
        this.stream = sketch.stream("background");
        this.ground =
                Tone.vary(Palette.ground(sketch.value(Attribute.GROUND, "cream")), sketch.stream("ground tint"), 4);
        this.other = Tone.lightness(ground) > 0.4 ? Tone.deep(ground, 0.15) : Tone.light(ground, 0.2);
    }

    /**
     * Draws the background of a scene.
     *
     * @param cell side of the cells that the picture is made of, 0 where it has none
     */
    static void draw(Sketch sketch, double width, double height, double cell) {
        Backdrop backdrop = new Backdrop(sketch, width, height);
        switch (sketch.value(Attribute.BACKGROUND, "plain")) {
            case "gradient" -> backdrop.gradient();
            case "horizon" -> backdrop.horizon();
            case "stripes" -> backdrop.stripes();
            case "dots" -> backdrop.dots(cell);
            default -> backdrop.whole(Ink.of(backdrop.ground));
        }
    }

    /** How high the floor begins, from the top. */
    static double horizon(Sketch sketch, double height) {
        return height * (0.66 + sketch.stream("horizon").around(0.025));
    }

    private void whole(Ink ink) {
        sketch.add(Outline.box(-1, -1, width + 1, height + 1), ink, Volume.GROUND);
    }

    private void gradient() {
        double lean = stream.around(0.25);
        double bottom = sketch.affine().y(0, height);
        int light = Tone.light(ground, 0.3);
        int dark = Tone.deep(ground, 0.27);
        whole((x, y) -> {
            double t = Math.max(0, Math.min(1, y / bottom + lean * (x / bottom - 0.5)));
            return Tone.mix(light, dark, t) | 0xFF000000;
        });
    }

    private void horizon() {
        double edge = horizon(sketch, height);
        whole(Ink.of(Tone.light(ground, 0.12)));
        int near = Tone.deep(ground, 0.3);
        int far = Tone.deep(ground, 0.2);
        double top = sketch.affine().y(0, edge);
        double bottom = sketch.affine().y(0, height);
        sketch.add(
                Outline.box(-1, edge, width + 1, height + 1),
                (x, y) -> Tone.mix(far, near, Math.max(0, Math.min(1, (y - top) / (bottom - top)))) | 0xFF000000,
                Volume.GROUND);
    }

    private void stripes() {
        whole(Ink.of(ground));
        double period = stream.between(0.19, 0.23);
        double lean = stream.next() < 0.5 ? 0.5 : -0.5;
        double start = -1 + stream.next() * period;
        for (double x = start; x < width + 1; x += period) {
            sketch.add(
                    Outline.polygon(
                            x,
                            -0.1,
                            x + period / 2,
                            -0.1,
                            x + period / 2 + lean * (height + 0.2),
                            height + 0.1,
                            x + lean * (height + 0.2),
                            height + 0.1),
                    other,
                    Volume.GROUND);
        }
    }

    private void dots(double cell) {
        whole(Ink.of(ground));
        double period = cell > 0 ? 4 * cell : stream.between(0.17, 0.2);
        double startX = snapped(stream.next() * period, cell);
        double startY = snapped(stream.next() * period, cell);
        double down = cell > 0 ? 3 * cell : period * 0.87;
        int row = 0;
        for (double y = startY - period; y < height + period; y += down, row++) {
            for (double x = startX - period * (1 + row % 2 * 0.5); x < width + period; x += period) {
                sketch.add(
                        cell > 0
                                ? Outline.box(x, y, x + cell, y + cell)
                                : Outline.ellipse(x, y, period * 0.24, period * 0.24),
                        other,
                        Volume.GROUND);
            }
        }
    }

    private static double snapped(double value, double cell) {
        return cell > 0 ? Math.floor(value / cell) * cell : value;
    }
}
