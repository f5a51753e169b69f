package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;

/** A raised hand seen from the palm: so many fingers up, the others folded onto the palm. */
final class Hand {
    private static final double[][] FINGERS = {
        {-0.31, 0.02, -0.43, -0.66},
        {-0.105, -0.03, -0.14, -0.84},
        {0.105, -0.02, 0.15, -0.76},
        {0.3, 0.06, 0.43, -0.52}
    };
    private final Sketch sketch;
    private final int skin;
    private final int line;

    private Hand(Sketch sketch) {
        this.sketch = sketch;
        this.skin = Tone.vary(Palette.skin(sketch.value(Attribute.SKIN, "tan")), sketch.stream("skin"), 4);
        this.line = Tone.mix(skin, 0x3A1408, 0.55);
    }

    static void draw(Sketch whole) {
        Stream s = whole.stream("hand");
        double tilt = switch (whole.value(Attribute.POSE, "upright")) {
            case "tilted-left" -> -0.32;
            case "tilted-right" -> 0.32;
            default -> 0;
        };
        double mirror = s.next() < 0.5 ? -1 : 1;
        Sketch sketch = whole.within(Affine.turn(tilt + s.around(0.03), 0, 0.5)).within(Affine.scale(mirror, 1));
        new Hand(sketch).fingers(Math.min(5, Probes.count(whole)), s);
    }

    private void fingers(int raised, Stream s) {
        Stream sleeve = sketch.stream("sleeve");
        int cloth = Palette.colour(Attribute.COLOUR.choices().get(sleeve.index(8)));
        sketch.add(Outline.polygon(-0.25, 0.5, 0.25, 0.5, 0.27, 1.2, -0.27, 1.2), skin, Volume.TUBE);
        sketch.add(Outline.polygon(-0.33, 1.02, 0.33, 1.02, 0.44, 4, -0.44, 4), cloth, Volume.TUBE);
        double stretch = 1 + s.around(0.04);
        if (raised == 5) {
            thick(0.2, -0.3, 0.5, -0.62, 0.2, -0.8, -0.1);
        }
        for (int i = 0; i < Math.min(4, raised); i++) {
            double[] f = FINGERS[i];
            thick(i == 3 ? 0.165 : 0.19, f[0], f[1] + 0.2, f[0], f[1], f[2], f[3] * stretch);
        }
        sketch.add(
                Outline.blob(
                        -0.41, 0.1, -0.3, -0.04, 0, -0.08, 0.3, -0.02, 0.41, 0.12, 0.4, 0.5, 0.28, 0.78, 0, 0.84, -0.28,
                        0.78, -0.42, 0.48),
                skin,
                Volume.SLAB);
        for (int i = Math.min(4, raised); i < 4; i++) {
            double x = FINGERS[i][0];
            thick(0.175, x, 0.02, x * 0.97, 0.3);
            sketch.ink(Outline.curve(0.028, x - 0.05, 0.3, x, 0.34, x + 0.05, 0.3), line);
        }
        if (raised < 5) {
            thick(0.18, -0.34, 0.52, -0.2, 0.43, 0.06, 0.42);
        } else {
            sketch.ink(Outline.curve(0.03, -0.3, 0.22, -0.1, 0.26, 0.2, 0.16), line);
            sketch.ink(Outline.curve(0.03, -0.2, 0.7, -0.12, 0.48, -0.26, 0.34), line);
        }
    }

    private void thick(double width, double... points) {
        if (sketch.value(Attribute.STYLE, "shaded").equals("shaded")
                || sketch.value(Attribute.STYLE, "shaded").equals("flat")) {
            sketch.ink(Outline.curve(width + 0.055, points), line);
        }
        sketch.add(Outline.curve(width, points), skin, Volume.TUBE);
    }
}
