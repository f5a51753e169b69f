package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;

/** What models find hard to draw: exact counts, reflections, crowds of things. */
final class Probes {
    private Probes() {}

    private static int colour(Sketch sketch) {
        return Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "red")), sketch.stream("tint"), 6);
    }

    static int count(Sketch sketch) {
        return Math.max(0, Attribute.COUNT.choices().indexOf(sketch.value(Attribute.COUNT, "three"))) + 1;
    }

    static void balls(Sketch sketch) {
        Stream s = sketch.stream("balls");
        int colour = colour(sketch);
        double[][] places = switch (count(sketch)) {
            case 1 -> new double[][] {{0, 0}};
            case 2 -> new double[][] {{-0.52, 0.02}, {0.52, -0.02}};
            case 3 -> new double[][] {{0, -0.46}, {-0.53, 0.44}, {0.53, 0.44}};
            case 4 -> new double[][] {{-0.52, -0.5}, {0.52, -0.5}, {-0.52, 0.5}, {0.52, 0.5}};
            case 5 -> new double[][] {{-0.62, -0.6}, {0.62, -0.6}, {0, 0}, {-0.62, 0.6}, {0.62, 0.6}};
            default -> new double[][] {{-0.66, -0.4}, {0, -0.4}, {0.66, -0.4}, {-0.66, 0.4}, {0, 0.4}, {0.66, 0.4}};
        };
        double[] radii = {0.62, 0.43, 0.41, 0.4, 0.345, 0.285};
        double radius = radii[places.length - 1];
        for (double[] place : places) {
            double r = radius * (1 + s.around(0.05));
            double x = place[0] + s.around(0.03);
            double y = place[1] + s.around(0.03);
            if (sketch.shaded()) {
                sketch.shadow(x - sketch.light() * r * 0.2, y + r * 0.98, r * 0.95, r * 0.22, 0.45);
            }
            sketch.add(Outline.ellipse(x, y, r, r), colour, Volume.BALL);
            sketch.glint(Outline.ellipse(x + sketch.light() * r * 0.36, y - r * 0.42, r * 0.18, r * 0.13), 0.75);
        }
    }

    static void pile(Sketch sketch) {
        Stream s = sketch.stream("pile");
        int colour = colour(sketch);
        if (sketch.shaded()) {
            sketch.shadow(-sketch.light() * 0.1, 0.9, 1.0, 0.14, 0.5);
        }
        int rows = 6;
        for (int row = 0; row < rows; row++) {
            int inRow = 2 + row;
            double y = -0.62 + row * 0.28;
            for (int i = 0; i < inRow; i++) {
                double x = (i - (inRow - 1) / 2.0) * 0.3 + s.around(0.05);
                double r = 0.185 + s.around(0.02);
                double dy = s.around(0.035);
                int own = Tone.light(colour, s.around(0.13));
                int edge = Tone.light(colour, Tone.lightness(colour) < 0.2 ? 0.35 : -0.4);
                sketch.ink(Outline.ellipse(x, y + dy, r, r), edge);
                sketch.add(Outline.ellipse(x, y + dy, r - 0.03, r - 0.03), own, Volume.BALL);
                sketch.glint(Outline.ellipse(x + sketch.light() * 0.05, y + dy - 0.07, 0.035, 0.03), 0.7);
            }
        }
    }

    static void mirrorBall(Sketch sketch) {
        Stream s = sketch.stream("mirror");
        int ground = Palette.ground(sketch.value(Attribute.GROUND, "cream"));
        double light = sketch.light();
        if (sketch.shaded()) {
            sketch.shadow(-light * 0.12, 0.9, 0.85, 0.13, 0.5);
        } else {
            sketch.add(Outline.ellipse(0, 0.9, 0.7, 0.1), Ink.of(Tone.light(ground, -0.35)), Volume.SHADOW);
        }
        double r = 0.9;
        double y = 0.02;
        Affine affine = sketch.affine();
        double cx = affine.x(0, y);
        double cy = affine.y(0, y);
        double scale = affine.d() * r;
        double edge = 0.06 + s.around(0.05);
        Ink chrome = (px, py) -> {
            double u = (px - cx) / scale;
            double v = (py - cy) / scale;
            double bent = v - edge + 0.28 * u * u * (v > edge ? 1 : -1) * 0.6 + 0.1 * u * u;
            double rim = Math.max(0, (u * u + v * v - 0.55) / 0.45);
            int tone;
            if (bent < 0) {
                double t = Math.min(1, -bent / 0.85);
                tone = Tone.mix(Tone.mix(ground, 0xF4F7FA, 0.6), Tone.mix(ground, 0x4A5668, 0.42), t);
            } else {
                double t = Math.min(1, bent / 0.8);
                tone = Tone.mix(0x23262E, Tone.mix(ground, 0xC4C8CE, 0.3), t * 0.95);
            }
            return Tone.light(tone | 0xFF000000, -0.3 * rim);
        };
        sketch.add(Outline.ellipse(0, y, r, r), chrome, Volume.INK);
        double wx = light * (0.34 + s.around(0.04));
        double wy = -0.4 + s.around(0.04);
        for (int i = -1; i <= 1; i += 2) {
            for (int k = -1; k <= 1; k += 2) {
                double x = wx + i * 0.1;
                double up = wy + k * 0.11;
                sketch.ink(
                        Outline.polygon(
                                x - 0.08,
                                up - 0.09 - 0.02 * i,
                                x + 0.08,
                                up - 0.09 + 0.02 * i,
                                x + 0.08,
                                up + 0.09 + 0.02 * i,
                                x - 0.08,
                                up + 0.09 - 0.02 * i),
                        0xFFFFFF);
            }
        }
        sketch.ink(Outline.curve(0.04, -light * 0.55, 0.5, -light * 0.36, 0.66, -light * 0.1, 0.76), 0xEDF1F4);
    }

    /** Small people in one or two rows. */
    static void faces(Sketch sketch) {
        Stream s = sketch.stream("people");
        double[][] places = switch (Math.max(2, Math.min(5, count(sketch)))) {
            case 2 -> new double[][] {{-0.5, 0}, {0.5, 0}};
            case 3 -> new double[][] {{0, -0.52}, {-0.52, 0.4}, {0.52, 0.4}};
            case 4 -> new double[][] {{-0.5, -0.52}, {0.5, -0.52}, {-0.5, 0.4}, {0.5, 0.4}};
            default -> new double[][] {{-0.36, -0.52}, {0.36, -0.52}, {-0.67, 0.4}, {0, 0.4}, {0.67, 0.4}};
        };
        double scale = places.length == 2 ? 0.62 : places.length == 5 ? 0.46 : 0.52;
        for (int i = 0; i < places.length; i++) {
            String skin = Attribute.SKIN.choices().get((int) (s.at(i * 8) * 4));
            String hair = Attribute.HAIR.choices().get((int) (s.at(i * 8 + 1) * 3.4));
            String tint = Attribute.HAIR_COLOUR.choices().get((int) (s.at(i * 8 + 2) * 5));
            String mood = Attribute.EXPRESSION.choices().get((int) (s.at(i * 8 + 3) * 2.2));
            int shirt = Palette.colour(Attribute.COLOUR.choices().get((int) (s.at(i * 8 + 4) * 10)));
            double tilt = (s.at(i * 8 + 5) - 0.5) * 0.2;
            Sketch place = sketch.within(Affine.move(places[i][0], places[i][1]))
                    .within(Affine.scale(scale, scale))
                    .within(Affine.move(0, 0.1));
            Portrait.person(place, new Portrait.Look(skin, hair, tint, mood, "none", tilt, shirt));
        }
    }
}
