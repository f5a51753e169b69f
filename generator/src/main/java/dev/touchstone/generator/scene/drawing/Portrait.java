package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Arrays;

/** A person from the chest up. The head is centred a little above the origin; the shoulders run out of the frame. */
final class Portrait {
    private final Sketch sketch;
    private final Sketch head;
    private final Look look;
    private final int skin;
    private final int shade;
    private final int line;

    /** What a person looks like. */
    record Look(
            String skin, String hair, String hairColour, String expression, String glasses, double tilt, int shirt) {}

    private Portrait(Sketch sketch, Look look) {
        this.sketch = sketch;
        this.look = look;
        this.head = sketch.within(Affine.turn(look.tilt, 0, 0.55));
        this.skin = Tone.vary(Palette.skin(look.skin), sketch.stream("skin"), 4);
        this.shade = Tone.mix(skin, 0x7A2E1C, 0.28);
        this.line = Tone.mix(skin, 0x2A0F0A, 0.6);
    }

    /** The single person of a scene. */
    static void draw(Sketch sketch) {
        double wobble = sketch.stream("tilt").around(0.025);
        double tilt = switch (sketch.value(Attribute.POSE, "upright")) {
            case "tilted-left" -> -0.27;
            case "tilted-right" -> 0.27;
            default -> 0;
        };
        int shirt = Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "blue")), sketch.stream("tint"), 6);
        person(
                sketch,
                new Look(
                        sketch.value(Attribute.SKIN, "tan"),
                        sketch.value(Attribute.HAIR, "short"),
                        sketch.value(Attribute.HAIR_COLOUR, "brown"),
                        sketch.value(Attribute.EXPRESSION, "neutral"),
                        sketch.value(Attribute.GLASSES, "none"),
                        tilt + wobble,
                        shirt));
    }

    static void person(Sketch sketch, Look look) {
        Portrait portrait = new Portrait(sketch, look);
        Coiffure coiffure = new Coiffure(portrait.head, look.hair, look.hairColour);
        coiffure.behind();
        portrait.body();
        portrait.face();
        portrait.eyes(coiffure.brow());
        portrait.noseAndMouth();
        coiffure.front();
        portrait.glasses();
        portrait.head.detail(Outline.box(-0.58, -0.4, 0.58, 0.06));
    }

    private void body() {
        Stream s = sketch.stream("body");
        double wide = 0.92 + s.around(0.05);
        double drop = 0.86 + s.around(0.03);
        double[] torso = Outline.smooth(
                new double[] {
                    -wide - 0.06,
                    1.7,
                    -wide,
                    1.15,
                    -wide * 0.78,
                    drop + 0.04,
                    -0.34,
                    drop - 0.14,
                    0,
                    drop - 0.12,
                    0.34,
                    drop - 0.14,
                    wide * 0.78,
                    drop + 0.04,
                    wide,
                    1.15,
                    wide + 0.06,
                    1.7
                },
                false);
        double[] closed = Arrays.copyOf(torso, torso.length + 4);
        closed[torso.length] = wide + 0.06;
        closed[torso.length + 1] = 6;
        closed[torso.length + 2] = -wide - 0.06;
        closed[torso.length + 3] = 6;
        sketch.add(Outline.polygon(closed), look.shirt, Volume.TUBE);
        int deep = Tone.mix(skin, shade, 0.75);
        sketch.add(
                Outline.blob(
                        -0.24, 0.3, 0.24, 0.3, 0.25, 0.62, 0.33, 0.76, 0.2, 0.9, 0, 0.96, -0.2, 0.9, -0.33, 0.76, -0.25,
                        0.62),
                deep,
                Volume.TUBE);
        sketch.ink(
                Outline.curve(0.06, -0.36, 0.74, -0.22, 0.91, 0, 0.98, 0.22, 0.91, 0.36, 0.74),
                Tone.light(look.shirt, Tone.lightness(look.shirt) > 0.25 ? -0.25 : 0.25));
    }

    private void face() {
        Stream s = sketch.stream("face");
        double w = 0.52 + s.around(0.025);
        double jaw = 0.40 + s.around(0.03);
        double chin = 0.52 + s.around(0.025);
        for (int side = -1; side <= 1; side += 2) {
            head.add(Outline.ellipse(side * (w + 0.01), -0.1, 0.09, 0.14), Tone.mix(skin, shade, 0.3), Volume.BALL);
        }
        Outline shape = Outline.blob(
                0,
                -0.82,
                w * 0.72,
                -0.7,
                w,
                -0.25,
                w * 0.95,
                0.05,
                jaw,
                0.33,
                0.17,
                chin - 0.03,
                0,
                chin,
                -0.17,
                chin - 0.03,
                -jaw,
                0.33,
                -w * 0.95,
                0.05,
                -w,
                -0.25,
                -w * 0.72,
                -0.7);
        head.add(shape, skin, Volume.BALL);
        if (sketch.shaded()) {
            int blush = Tone.mix(skin, 0xD8402C, 0.55);
            for (int side = -1; side <= 1; side += 2) {
                head.add(Outline.ellipse(side * 0.29, 0.13, 0.14, 0.1), Ink.of(blush, 0.3), Volume.INK);
            }
            head.add(Outline.ellipse(sketch.light() * 0.24, -0.48, 0.15, 0.12), Ink.of(0xFFFFFF, 0.13), Volume.GLINT);
        }
    }

    private void eyes(int brow) {
        Stream s = sketch.stream("eyes");
        double apart = 0.225 + s.around(0.012);
        boolean surprised = look.expression.equals("surprised");
        boolean smiling = look.expression.equals("smiling");
        boolean sad = look.expression.equals("sad");
        double open = surprised ? 0.125 : smiling ? 0.075 : sad ? 0.075 : 0.085;
        int[] irises = {0x4A2C17, 0x3E5E36, 0x2F5F94, 0x5C4632};
        int iris = irises[s.index(irises.length)];
        for (int side = -1; side <= 1; side += 2) {
            double x = side * apart;
            double y = -0.14;
            head.ink(Outline.ellipse(x, y, 0.125, open), 0xFDFBF7);
            head.ink(Outline.ellipse(x, y, 0.072, Math.min(open, 0.078)), iris);
            head.ink(Outline.ellipse(x, y, 0.04, 0.045), 0x120C0A);
            head.glint(Outline.ellipse(x + 0.03 * sketch.light(), y - 0.03, 0.022, 0.022), 0.95);
            head.ink(
                    Outline.curve(
                            0.035,
                            x - 0.13,
                            y + 0.01,
                            x - 0.07,
                            y - open * 0.85,
                            x,
                            y - open - 0.01,
                            x + 0.07,
                            y - open * 0.85,
                            x + 0.13,
                            y + 0.01),
                    Tone.mix(line, 0x140A08, 0.5));
            double lift = surprised ? 0.11 : 0;
            double inner = sad ? 0.09 : smiling ? -0.01 : 0;
            double outer = sad ? -0.06 : 0;
            head.ink(
                    Outline.curve(
                            0.058,
                            x - side * 0.11,
                            -0.31 - lift - inner,
                            x + side * 0.02,
                            -0.35 - lift - inner * 0.3,
                            x + side * 0.15,
                            -0.3 - lift - outer),
                    brow);
        }
    }

    private void noseAndMouth() {
        double away = -sketch.light();
        int soft = Tone.mix(skin, shade, 0.95);
        head.ink(
                Outline.curve(0.034, away * 0.035, -0.06, away * 0.065, 0.1, away * 0.02, 0.15, -away * 0.05, 0.14),
                soft);
        int lips = Tone.mix(shade, 0xB02A34, 0.55);
        int inside = 0x571519;
        double w = 0.2 + sketch.stream("mouth").around(0.02);
        switch (look.expression) {
            case "smiling" -> {
                head.ink(
                        Outline.blob(-w, 0.235, 0, 0.275, w, 0.235, w * 0.62, 0.365, 0, 0.405, -w * 0.62, 0.365),
                        inside);
                head.ink(
                        Outline.blob(
                                -w * 0.8, 0.255, 0, 0.285, w * 0.8, 0.255, w * 0.5, 0.315, 0, 0.33, -w * 0.5, 0.315),
                        0xFDF8F2);
                head.ink(
                        Outline.curve(0.04, -w - 0.01, 0.225, -w * 0.6, 0.36, 0, 0.41, w * 0.6, 0.36, w + 0.01, 0.225),
                        lips);
            }
            case "surprised" -> {
                head.ink(Outline.ellipse(0, 0.325, 0.115, 0.135), lips);
                head.ink(Outline.ellipse(0, 0.325, 0.078, 0.1), inside);
            }
            case "sad" -> {
                head.ink(
                        Outline.curve(
                                0.05, -w * 0.85, 0.385, -w * 0.45, 0.315, 0, 0.295, w * 0.45, 0.315, w * 0.85, 0.385),
                        Tone.mix(lips, inside, 0.35));
                head.ink(Outline.curve(0.03, -0.07, 0.385, 0, 0.375, 0.07, 0.385), soft);
            }
            default -> {
                head.ink(Outline.blob(-w * 0.75, 0.315, 0, 0.285, w * 0.75, 0.315, 0, 0.355), lips);
                head.ink(Outline.curve(0.03, -w * 0.8, 0.318, 0, 0.318, w * 0.8, 0.318), Tone.mix(lips, inside, 0.6));
            }
        }
    }

    private void glasses() {
        if (look.glasses.equals("none")) {
            return;
        }
        boolean dark = look.glasses.equals("sunglasses");
        int frame = 0x18161A;
        double y = -0.12;
        head.ink(Outline.line(0.045, -0.54, y - 0.05, -0.4, y - 0.04), frame);
        head.ink(Outline.line(0.045, 0.54, y - 0.05, 0.4, y - 0.04), frame);
        head.ink(Outline.curve(0.05, -0.07, y - 0.02, 0, y - 0.05, 0.07, y - 0.02), frame);
        for (int side = -1; side <= 1; side += 2) {
            double x = side * 0.24;
            if (dark) {
                Outline lens = Outline.blob(
                        x - 0.2,
                        y - 0.12,
                        x,
                        y - 0.14,
                        x + 0.2,
                        y - 0.12,
                        x + 0.19,
                        y + 0.06,
                        x + side * 0.03,
                        y + 0.17,
                        x - 0.19,
                        y + 0.06);
                head.ink(lens, 0x16151B);
                head.glint(Outline.line(0.035, x + 0.02, y - 0.06, x - 0.07, y + 0.05), 0.4);
            } else {
                Outline lens = Outline.ellipse(x, y, 0.185, 0.185);
                head.add(lens, Ink.of(0xFFFFFF, 0.14), Volume.INK);
                head.ink(lens.contour(0.05), frame);
            }
        }
    }
}
