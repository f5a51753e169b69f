package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;

/** House, tree, star, flower and boat. */
final class Things {
    private static final double FLOOR = 0.95;

    private Things() {}

    private static int colour(Sketch sketch) {
        return Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "red")), sketch.stream("tint"), 6);
    }

    private static void ground(Sketch sketch, double wide) {
        if (sketch.shaded()) {
            sketch.shadow(-sketch.light() * 0.15, FLOOR, wide * 1.2, 0.12, 0.45);
        }
    }

    static void house(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = colour(sketch);
        double w = 0.66 + s.around(0.05);
        double eaves = -0.12 + s.around(0.05);
        ground(sketch, w * 1.1);
        double chimney = (s.next() < 0.5 ? -1 : 1) * w * 0.52;
        int roof = Tone.lightness(colour) > 0.32 ? 0x5A3A33 : 0xB9826A;
        sketch.add(Outline.box(chimney - 0.1, -0.86, chimney + 0.1, -0.3), 0x9A5A48, Volume.SLAB);
        sketch.add(Outline.box(-w, eaves, w, FLOOR), colour, Volume.SLAB);
        sketch.add(
                Outline.polygon(-w - 0.2, eaves + 0.03, 0, -0.95 + s.around(0.04), w + 0.2, eaves + 0.03),
                roof,
                Volume.SLAB);
        double door = s.next() < 0.5 ? -1 : 1;
        double dx = door * w * 0.42;
        int trim = Tone.lightness(colour) > 0.8 ? 0xD9D2C4 : 0xFBF6EA;
        sketch.ink(Outline.box(dx - 0.19, 0.34, dx + 0.19, FLOOR), trim);
        sketch.ink(Outline.box(dx - 0.14, 0.39, dx + 0.14, FLOOR), 0x4B2E22);
        sketch.ink(Outline.ellipse(dx + 0.08, 0.68, 0.03, 0.03), 0xF1CE5A);
        double wx = -door * w * 0.42;
        sketch.ink(Outline.box(wx - 0.22, 0.16, wx + 0.22, 0.58), trim);
        sketch.ink(Outline.box(wx - 0.17, 0.21, wx + 0.17, 0.53), 0x8CC3E6);
        sketch.ink(Outline.box(wx - 0.025, 0.2, wx + 0.025, 0.54), trim);
        sketch.ink(Outline.box(wx - 0.18, 0.345, wx + 0.18, 0.395), trim);
        sketch.ink(Outline.ellipse(0, -0.4, 0.12, 0.12), trim);
        sketch.ink(Outline.ellipse(0, -0.4, 0.08, 0.08), 0x8CC3E6);
    }

    static void tree(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = colour(sketch);
        ground(sketch, 0.4);
        double lean = s.around(0.05);
        sketch.add(
                Outline.polygon(-0.12, 0.1, 0.12, 0.1, 0.15, 0.7, 0.26, FLOOR, -0.26, FLOOR, -0.15, 0.7),
                sketch.value(Attribute.COLOUR, "green").equals("brown") ? 0x4A2C18 : 0x7A5030,
                Volume.TUBE);
        sketch.add(Outline.blob(ring(s, lean)), colour, Volume.BALL);
        if (sketch.shaded()) {
            double light = sketch.light();
            for (int i = 0; i < 9; i++) {
                double x = s.around(0.5);
                double y = -0.25 + s.around(0.45);
                double r = s.between(0.1, 0.16);
                double t = (x * light - (y + 0.2)) * 0.3;
                sketch.add(Outline.ellipse(x, y, r, r * 0.75), Ink.of(Tone.light(colour, t), 0.5), Volume.INK);
            }
        } else {
            int leaf = Tone.light(colour, Tone.lightness(colour) > 0.75 ? -0.18 : 0.28);
            for (int i = 0; i < 5; i++) {
                double a = 1.2566 * i + 0.4 + s.around(0.3);
                double r = 0.36 + s.around(0.05);
                double x = lean + StrictMath.cos(a) * r;
                double y = -0.24 + StrictMath.sin(a) * r * 0.9;
                sketch.ink(Outline.curve(0.05, x - 0.1, y - 0.02, x, y + 0.06, x + 0.1, y - 0.02), leaf);
            }
        }
    }

    private static double[] ring(Stream s, double lean) {
        int lobes = 9;
        double[] p = new double[lobes * 6];
        int k = 0;
        double start = s.next();
        for (int i = 0; i < lobes * 3; i++) {
            double a = 2 * StrictMath.PI * (i / 3.0 + start) / lobes;
            double r = i % 3 == 0 ? 0.6 : 0.74;
            r *= 1 + s.around(0.025);
            p[k++] = lean + StrictMath.cos(a) * r * 1.02;
            p[k++] = -0.24 + StrictMath.sin(a) * r * 0.96;
        }
        return p;
    }

    static void star(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = colour(sketch);
        double turn = s.around(0.12);
        double inner = 0.44 + s.around(0.03);
        double[] p = new double[20];
        for (int i = 0; i < 10; i++) {
            double a = StrictMath.PI * i / 5 - StrictMath.PI / 2 + turn;
            double r = i % 2 == 0 ? 1 : inner;
            p[2 * i] = StrictMath.cos(a) * r;
            p[2 * i + 1] = 0.06 + StrictMath.sin(a) * r;
        }
        sketch.add(Outline.polygon(p), colour, Volume.BALL);
        if (sketch.shaded()) {
            for (int i = 0; i < 10; i += 2) {
                int n = (i + 1) % 10;
                int b = (i + 9) % 10;
                sketch.add(
                        Outline.polygon(0, 0.06, p[2 * i], p[2 * i + 1], p[2 * n], p[2 * n + 1]),
                        Ink.of(0x000000, 0.13),
                        Volume.INK);
                sketch.add(
                        Outline.polygon(0, 0.06, p[2 * i], p[2 * i + 1], p[2 * b], p[2 * b + 1]),
                        Ink.of(0xFFFFFF, 0.13),
                        Volume.INK);
            }
        }
    }

    static void flower(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = colour(sketch);
        ground(sketch, 0.2);
        double bend = s.around(0.12);
        double y = -0.36;
        sketch.add(Outline.curve(0.1, 0, y, bend, 0.3, 0, FLOOR), 0x3D8A3C, Volume.TUBE);
        sketch.add(Outline.blob(0.02, 0.7, 0.2, 0.36, 0.52, 0.28, 0.42, 0.58), 0x4BA046, Volume.SLAB);
        sketch.add(Outline.blob(-0.02, 0.82, -0.2, 0.5, -0.5, 0.44, -0.4, 0.72), 0x46983F, Volume.SLAB);
        int petals = 5 + s.index(3);
        double start = s.next() * 6.28;
        double reach = 0.36;
        double fat = petals == 5 ? 0.27 : petals == 6 ? 0.24 : 0.21;
        for (int i = 0; i < petals; i++) {
            double a = start + 2 * StrictMath.PI * i / petals;
            double x = StrictMath.cos(a);
            double up = StrictMath.sin(a);
            double[] petal = new double[48];
            for (int k = 0; k < 24; k++) {
                double b = 2 * StrictMath.PI * k / 24;
                double along = reach + StrictMath.cos(b) * 0.28;
                double across = StrictMath.sin(b) * fat;
                petal[2 * k] = x * along - up * across;
                petal[2 * k + 1] = y + up * along + x * across;
            }
            sketch.add(Outline.polygon(petal), Tone.light(colour, i % 2 == 0 ? 0.06 : -0.07), Volume.BALL);
        }
        boolean yellow = sketch.value(Attribute.COLOUR, "red").equals("yellow")
                || sketch.value(Attribute.COLOUR, "red").equals("orange");
        sketch.add(Outline.ellipse(0, y, 0.2, 0.2), yellow ? 0x6B3E1E : 0xF6C932, Volume.BALL);
    }

    static void boat(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = colour(sketch);
        double flip = s.next() < 0.5 ? -1 : 1;
        Sketch boat = sketch.within(Affine.scale(flip, 1));
        double tip = -0.95;
        boat.add(Outline.line(0.07, 0, tip, 0, 0.4), 0x6B4A32, Volume.TUBE);
        boolean pale = sketch.value(Attribute.COLOUR, "red").equals("white");
        int cloth = pale ? 0xF2B84B : 0xFDFAF0;
        boat.add(Outline.polygon(0.09, tip + 0.1, 0.74 + s.around(0.06), 0.26, 0.09, 0.26), cloth, Volume.SLAB);
        boat.add(
                Outline.polygon(-0.09, tip + 0.26, -0.09, 0.26, -0.58 + s.around(0.05), 0.26),
                Tone.light(cloth, -0.1),
                Volume.SLAB);
        boat.add(
                Outline.blob(
                        -0.95, 0.37, -0.5, 0.4, 0.4, 0.4, 0.98, 0.3, 0.72, 0.72, 0.45, 0.84, -0.45, 0.84, -0.76, 0.72),
                colour,
                Volume.SLAB);
        boat.ink(
                Outline.curve(0.06, -0.84, 0.5, -0.3, 0.53, 0.3, 0.53, 0.86, 0.46),
                Tone.light(colour, Tone.lightness(colour) > 0.7 ? -0.3 : 0.55));
        boat.ink(
                Outline.curve(
                        0.07, -0.98, 0.92, -0.75, 0.84, -0.5, 0.92, -0.25, 0.84, 0, 0.92, 0.25, 0.84, 0.5, 0.92, 0.75,
                        0.84, 0.98, 0.92),
                0x3F86C6);
    }
}
