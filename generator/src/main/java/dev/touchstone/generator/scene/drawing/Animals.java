package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;

/** Cat and fish. */
final class Animals {
    private Animals() {}

    static void cat(Sketch sketch) {
        Stream s = sketch.stream("shape");
        String named = sketch.value(Attribute.COLOUR, "orange");
        int fur = Tone.vary(Palette.colour(named), sketch.stream("tint"), 6);
        boolean dark = Tone.lightness(fur) < 0.3;
        int marks = Tone.light(fur, dark ? 0.28 : -0.24);
        int pale = Tone.light(fur, named.equals("white") ? -0.04 : 0.5);
        double flip = s.next() < 0.5 ? -1 : 1;
        if (sketch.shaded()) {
            sketch.shadow(-sketch.light() * 0.12, 0.93, 0.78, 0.12, 0.45);
        }
        Sketch cat = sketch.within(Affine.scale(flip, 1));
        cat.add(
                Outline.curve(0.19, 0.3, 0.82, 0.72, 0.8, 0.86, 0.5, 0.7, 0.25 + s.around(0.05), 0.78, 0.05),
                Tone.light(fur, -0.08),
                Volume.SLAB);
        cat.add(
                Outline.blob(
                        0, -0.05, 0.34, 0.2, 0.52, 0.62, 0.46, 0.92, 0, 0.97, -0.46, 0.92, -0.52, 0.62, -0.34, 0.2),
                fur,
                Volume.BALL);
        cat.ink(Outline.ellipse(0, 0.5, 0.2, 0.27), pale);
        for (int side = -1; side <= 1; side += 2) {
            cat.ink(Outline.curve(0.04, side * 0.05, 0.72, side * 0.04, 0.93), marks);
            cat.add(Outline.ellipse(side * 0.2, 0.91, 0.17, 0.085), pale, Volume.SLAB);
        }
        Sketch head = sketch.within(Affine.turn(s.around(0.08), 0, 0.1));
        for (int side = -1; side <= 1; side += 2) {
            head.add(Outline.polygon(side * 0.56, -0.4, side * 0.53, -0.98, side * 0.1, -0.68), fur, Volume.SLAB);
            head.ink(Outline.polygon(side * 0.47, -0.52, side * 0.46, -0.82, side * 0.22, -0.66), 0xF2A0A6);
        }
        head.add(Outline.ellipse(0, -0.32, 0.6, 0.47), fur, Volume.BALL);
        for (int i = -1; i <= 1; i++) {
            head.ink(Outline.line(0.055, i * 0.13, -0.74 + Math.abs(i) * 0.02, i * 0.11, -0.6), marks);
        }
        head.ink(Outline.ellipse(0, -0.12, 0.22, 0.15), pale);
        int[] eyes = {0x7CB342, 0xF2C230, 0x4FA8D8};
        int eye = eyes[
                named.equals("yellow") || named.equals("orange")
                        ? 0
                        : named.equals("green") || named.equals("teal") ? 1 : s.index(3)];
        for (int side = -1; side <= 1; side += 2) {
            head.ink(
                    Outline.ellipse(side * 0.27, -0.36, 0.135, 0.125), Tone.lightness(fur) > 0.6 ? 0x3A3030 : 0xF8F6EE);
            head.ink(Outline.ellipse(side * 0.27, -0.36, 0.115, 0.105), eye);
            head.ink(Outline.ellipse(side * 0.27, -0.36, 0.05, 0.1), 0x100C10);
            head.glint(Outline.ellipse(side * 0.27 + 0.03 * sketch.light(), -0.4, 0.03, 0.03), 0.9);
        }
        head.ink(Outline.polygon(-0.075, -0.2, 0.075, -0.2, 0, -0.12), 0xD8606E);
        head.ink(Outline.curve(0.032, -0.12, -0.06, -0.06, -0.03, 0, -0.12, 0.06, -0.03, 0.12, -0.06), 0x3A2028);
        int whisker = 0x4A4248;
        for (int side = -1; side <= 1; side += 2) {
            head.ink(Outline.line(0.025, side * 0.26, -0.16, side * 0.82, -0.26), whisker);
            head.ink(Outline.line(0.025, side * 0.26, -0.1, side * 0.82, -0.04), whisker);
        }
    }

    static void fish(Sketch sketch) {
        Stream s = sketch.stream("shape");
        int colour = Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "orange")), sketch.stream("tint"), 6);
        double flip = s.next() < 0.5 ? -1 : 1;
        Sketch fish = sketch.within(Affine.turn(s.around(0.1), 0, 0)).within(Affine.scale(flip, 1));
        double fat = 0.5 + s.around(0.03);
        int fin = Tone.light(colour, Tone.lightness(colour) < 0.25 ? 0.25 : -0.2);
        fish.add(
                Outline.blob(0.45, 0, 0.7, -0.28, 0.98, -0.46, 0.86, -0.1, 0.86, 0.1, 0.98, 0.46, 0.7, 0.28),
                fin,
                Volume.SLAB);
        fish.add(Outline.blob(-0.3, -0.38, -0.08, -0.76, 0.34, -0.72, 0.36, -0.28), fin, Volume.SLAB);
        fish.add(Outline.blob(-0.12, 0.4, 0.06, 0.72, 0.3, 0.62, 0.24, 0.3), fin, Volume.SLAB);
        fish.add(
                Outline.blob(
                        -0.96,
                        0.03,
                        -0.72,
                        -fat * 0.72,
                        -0.22,
                        -fat,
                        0.3,
                        -fat * 0.66,
                        0.62,
                        -0.12,
                        0.62,
                        0.12,
                        0.3,
                        fat * 0.7,
                        -0.22,
                        fat * 1.02,
                        -0.74,
                        fat * 0.72),
                colour,
                Volume.BALL);
        int band = Tone.light(colour, Tone.lightness(colour) > 0.75 ? -0.3 : 0.5);
        fish.ink(Outline.curve(0.09, -0.34, -fat * 0.72, -0.26, 0, -0.34, fat * 0.72), band);
        fish.ink(Outline.curve(0.08, 0.02, -fat * 0.7, 0.1, 0, 0.02, fat * 0.72), band);
        fish.ink(Outline.curve(0.07, 0.34, -fat * 0.42, 0.4, 0, 0.34, fat * 0.44), band);
        fish.ink(Outline.ellipse(-0.6, -0.12, 0.13, 0.13), 0xFFFFFF);
        fish.ink(Outline.ellipse(-0.62, -0.12, 0.07, 0.075), 0x101018);
        fish.ink(
                Outline.curve(0.045, -0.92, 0.13, -0.8, 0.15, -0.72, 0.1),
                Tone.light(colour, Tone.lightness(colour) < 0.25 ? 0.5 : -0.5));
        fish.glint(Outline.ellipse(-0.15, -0.28, 0.22, 0.07), 0.35);
    }
}
