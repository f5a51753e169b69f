package dev.touchstone.generator.scene.drawing;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Arrays;

/** Products on a ground: bottle, jar, box, mug. They stand on y = 0.95. */
final class Goods {
    private static final double FLOOR = 0.95;
    private final Sketch sketch;
    private final int colour;
    private final double light;
    private final Stream shape;

    private Goods(Sketch sketch) {
        this.sketch = sketch;
        this.colour = Tone.vary(Palette.colour(sketch.value(Attribute.COLOUR, "blue")), sketch.stream("tint"), 6);
        this.light = sketch.light();
        this.shape = sketch.stream("shape");
    }

    static void bottle(Sketch sketch) {
        new Goods(sketch).bottle();
    }

    static void jar(Sketch sketch) {
        new Goods(sketch).jar();
    }

    static void box(Sketch sketch) {
        new Goods(sketch).box();
    }

    static void mug(Sketch sketch) {
        new Goods(sketch).mug();
    }

    private void ground(double wide) {
        sketch.shadow(-light * 0.2, FLOOR, wide * 1.3, 0.13, 0.42);
        sketch.shadow(0, FLOOR, wide * 1.02, 0.07, 0.6);
    }

    private void bottle() {
        double w = 0.4 + shape.around(0.03);
        double neck = 0.13 + shape.around(0.012);
        double shoulder = -0.25 + shape.around(0.05);
        ground(w);
        double[] right = Outline.smooth(
                new double[] {
                    neck,
                    -0.72,
                    neck,
                    -0.55,
                    neck * 1.25,
                    shoulder - 0.14,
                    w * 0.88,
                    shoulder + 0.04,
                    w,
                    shoulder + 0.2,
                    w,
                    0.4,
                    w,
                    0.84
                },
                false);
        double[] all = new double[right.length * 2 + 8];
        System.arraycopy(right, 0, all, 0, right.length);
        int k = right.length;
        for (double[] p : new double[][] {{w - 0.07, FLOOR}, {-w + 0.07, FLOOR}}) {
            all[k++] = p[0];
            all[k++] = p[1];
        }
        for (int i = right.length - 2; i >= 0; i -= 2) {
            all[k++] = -right[i];
            all[k++] = right[i + 1];
        }
        sketch.add(Outline.polygon(Arrays.copyOf(all, k)), colour, Volume.TUBE);
        int cap = Tone.lightness(colour) > 0.35 ? 0x3A3440 : 0xE9E4DA;
        sketch.add(Outline.roundBox(-neck - 0.035, -0.97, neck + 0.035, -0.7, 0.05), cap, Volume.TUBE);
        label(w, 0.14, 0.66, 0.03);
        sketch.glint(Outline.line(0.075, light * w * 0.62, shoulder + 0.16, light * w * 0.62, 0.72), 0.5);
        sketch.glint(Outline.line(0.05, light * neck * 0.5, -0.56, light * neck * 0.5, shoulder - 0.18), 0.5);
    }

    private void jar() {
        double w = 0.56 + shape.around(0.035);
        double top = -0.42 + shape.around(0.03);
        ground(w);
        sketch.add(Outline.roundBox(-w, top, w, FLOOR, 0.2), colour, Volume.TUBE);
        int lid = Tone.lightness(colour) > 0.3 ? 0x4A4038 : 0xD9CDB4;
        sketch.add(
                Outline.roundBox(-w * 0.72, top - 0.1, w * 0.72, top + 0.06, 0.03),
                Tone.light(colour, 0.25),
                Volume.TUBE);
        sketch.add(Outline.roundBox(-w * 0.86, top - 0.36, w * 0.86, top - 0.06, 0.06), lid, Volume.TUBE);
        for (int i = -3; i <= 3; i++) {
            sketch.ink(Outline.line(0.022, i * w * 0.24, top - 0.29, i * w * 0.24, top - 0.13), Tone.light(lid, -0.25));
        }
        label(w, -0.08, 0.68, 0.03);
        sketch.glint(Outline.line(0.08, light * w * 0.72, top + 0.2, light * w * 0.72, 0.7), 0.5);
    }

    private void mug() {
        double w = 0.52 + shape.around(0.03);
        double top = -0.5 + shape.around(0.04);
        double x = -0.14;
        ground(w * 1.1);
        Sketch body = sketch.within(Affine.move(x, 0));
        Outline handle = Outline.curve(
                0.15,
                w - 0.05,
                top + 0.3,
                w + 0.22,
                top + 0.24,
                w + 0.4,
                top + 0.5,
                w + 0.34,
                top + 0.82,
                w + 0.1,
                top + 1.02,
                w - 0.08,
                top + 1.02);
        body.add(handle, Tone.light(colour, light > 0 ? 0.04 : -0.14), Volume.SLAB);
        double[] cup = new double[2 * 26];
        int k = 0;
        cup[k++] = -w;
        cup[k++] = top;
        cup[k++] = w;
        cup[k++] = top;
        for (int i = 0; i < 24; i++) {
            double angle = StrictMath.PI * i / 23;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            cup[k++] = (cos > 0 ? 1 : -1) * StrictMath.pow(Math.abs(cos), 0.3) * w * 0.95;
            cup[k++] = FLOOR - 0.16 + sin * 0.16;
        }
        body.add(Outline.polygon(cup), colour, Volume.TUBE);
        body.add(Outline.ellipse(0, top, w, 0.14), Tone.light(colour, 0.28), Volume.SLAB);
        body.ink(Outline.ellipse(0, top + 0.015, w * 0.86, 0.1), 0x4A2A18);
        body.add(Outline.ellipse(0, top + 0.05, w * 0.72, 0.055), Ink.of(0x9A6238), Volume.GLINT);
        new Goods(body).label(w, -0.12, 0.62, 0.05);
        body.glint(Outline.line(0.07, light * w * 0.72, top + 0.3, light * w * 0.7, 0.7), 0.5);
        if (sketch.shaded()) {
            for (int i = -1; i <= 1; i += 2) {
                body.add(
                        Outline.curve(
                                0.07,
                                i * 0.16,
                                top - 0.12,
                                i * 0.16 + 0.08,
                                top - 0.22,
                                i * 0.16 - 0.04,
                                top - 0.32,
                                i * 0.16 + 0.05,
                                top - 0.44),
                        Ink.of(0xFFFFFF, 0.5),
                        Volume.GLINT);
            }
        }
    }

    private void box() {
        double w = 0.62 + shape.around(0.04);
        double top = -0.46 + shape.around(0.05);
        double depth = 0.3 + shape.around(0.03);
        double rise = 0.26;
        ground(w * 1.12);
        double left = -w - depth * 0.1;
        double right = w * 0.62;
        double far = right + depth * 1.15;
        boolean litSide = light > 0;
        sketch.add(
                Outline.polygon(left, top, right, top, far, top - rise, left + depth * 1.15, top - rise),
                Tone.light(colour, 0.3),
                Volume.SLAB);
        sketch.add(
                Outline.polygon(right, top, far, top - rise, far, FLOOR - rise * 0.85, right, FLOOR),
                Tone.light(colour, litSide ? 0.06 : -0.34),
                Volume.SLAB);
        sketch.add(
                Outline.polygon(left, top, right, top, right, FLOOR, left, FLOOR),
                Tone.light(colour, litSide ? -0.12 : 0.03),
                Volume.SLAB);
        double middle = (left + right) / 2;
        int tape = Tone.light(colour, Tone.lightness(colour) > 0.45 ? -0.22 : 0.3);
        sketch.ink(
                Outline.polygon(
                        middle - 0.1,
                        top,
                        middle + 0.1,
                        top,
                        middle + 0.1 + depth * 1.15,
                        top - rise,
                        middle - 0.1 + depth * 1.15,
                        top - rise),
                tape);
        sketch.ink(Outline.box(middle - 0.1, top, middle + 0.1, top + 0.14), tape);
        new Goods(sketch.within(Affine.move(middle, 0))).flatLabel((right - left) * 0.34, -0.12, 0.6);
    }

    /** A band of paper around a round body. */
    private void label(double half, double top, double bottom, double sag) {
        paint(
                Outline.polygon(
                        -half,
                        top,
                        -half * 0.5,
                        top + sag * 0.8,
                        0,
                        top + sag,
                        half * 0.5,
                        top + sag * 0.8,
                        half,
                        top,
                        half,
                        bottom,
                        half * 0.5,
                        bottom + sag * 0.8,
                        0,
                        bottom + sag,
                        -half * 0.5,
                        bottom + sag * 0.8,
                        -half,
                        bottom),
                half,
                top,
                bottom,
                sag,
                Volume.TUBE);
    }

    private void flatLabel(double half, double top, double bottom) {
        paint(Outline.box(-half, top, half, bottom), half, top, bottom, 0, Volume.SLAB);
    }

    private void paint(Outline paper, double half, double top, double bottom, double sag, Volume volume) {
        sketch.detail(paper);
        String kind = sketch.value(Attribute.LABEL, "none");
        if (kind.equals("none")) {
            return;
        }
        boolean pale = Tone.lightness(colour) > 0.85;
        int sheet = pale ? 0x3B4252 : 0xFBF7EC;
        sketch.add(paper, sheet, volume);
        if (!kind.equals("striped")) {
            return;
        }
        int stripe = pale ? 0xF2C14E : Tone.lightness(colour) > 0.35 ? 0x2B2A3A : Tone.mix(colour, 0x2B2A3A, 0.15);
        double each = (bottom - top) / 7;
        for (int i = 1; i < 7; i += 2) {
            double y = top + i * each;
            sketch.add(
                    Outline.polygon(
                            -half,
                            y,
                            -half * 0.5,
                            y + sag * 0.8,
                            0,
                            y + sag,
                            half * 0.5,
                            y + sag * 0.8,
                            half,
                            y,
                            half,
                            y + each,
                            half * 0.5,
                            y + each + sag * 0.8,
                            0,
                            y + each + sag,
                            -half * 0.5,
                            y + each + sag * 0.8,
                            -half,
                            y + each),
                    stripe,
                    Volume.INK);
        }
    }
}
