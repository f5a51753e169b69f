package dev.touchstone.generator.scene.drawing;

/** Hair of a head as {@link Portrait} draws it. */
final class Coiffure {
    private final Sketch head;
    private final String style;
    private final int colour;
    private final Stream strands;

    Coiffure(Sketch head, String style, String colour) {
        this.head = head;
        this.style = style;
        this.colour = Tone.vary(Palette.hair(colour), head.stream("hair tint"), 5);
        this.strands = head.stream("hair");
    }

    int brow() {
        return Tone.light(colour, Tone.lightness(colour) > 0.5 ? -0.35 : -0.15);
    }

    void behind() {
        double puff = strands.around(0.03);
        switch (style) {
            case "long" ->
                head.add(
                        Outline.blob(
                                0,
                                -1.0,
                                0.48,
                                -0.9,
                                0.68 + puff,
                                -0.45,
                                0.7 + puff,
                                0.1,
                                0.76 + puff,
                                0.62,
                                0.7,
                                1.0,
                                0.4,
                                1.08,
                                0,
                                0.95,
                                -0.4,
                                1.08,
                                -0.7,
                                1.0,
                                -0.76 - puff,
                                0.62,
                                -0.7 - puff,
                                0.1,
                                -0.68 - puff,
                                -0.45,
                                -0.48,
                                -0.9),
                        Tone.light(colour, -0.12),
                        Volume.TUBE);
            case "curly" -> curls(0.66 + puff, 13, -2.75, 2.75, 0.235, -0.12);
            default -> {}
        }
    }

    void front() {
        double part = strands.at(40) < 0.5 ? -1 : 1;
        double lift = strands.around(0.025);
        switch (style) {
            case "short" -> {
                head.add(fringe(part, lift, 0.57, -0.18, -0.56), colour, Volume.BALL);
                shine(part);
            }
            case "long" -> {
                head.add(
                        Outline.blob(
                                0,
                                -1.0 - lift,
                                0.42,
                                -0.9,
                                0.61,
                                -0.55,
                                0.63,
                                -0.1,
                                0.6,
                                0.4,
                                0.52,
                                0.5,
                                0.5,
                                0.1,
                                0.47,
                                -0.28,
                                0.3,
                                -0.52,
                                part * 0.1,
                                -0.7,
                                -0.3,
                                -0.52,
                                -0.47,
                                -0.28,
                                -0.5,
                                0.1,
                                -0.52,
                                0.5,
                                -0.6,
                                0.4,
                                -0.63,
                                -0.1,
                                -0.61,
                                -0.55,
                                -0.42,
                                -0.9),
                        colour,
                        Volume.BALL);
                shine(part);
            }
            case "curly" -> curls(0.5, 9, -1.35, 1.35, 0.2, 0);
            default -> head.glint(Outline.ellipse(head.light() * 0.2, -0.6, 0.15, 0.08), 0.35);
        }
    }

    private static Outline fringe(double part, double lift, double wide, double side, double brow) {
        double[] p = {
            0,
            -0.99 - lift,
            0.38,
            -0.92 - lift,
            wide,
            -0.6,
            wide,
            side,
            wide - 0.08,
            side + 0.02,
            wide - 0.11,
            -0.38,
            0.32,
            brow + 0.04,
            0.1,
            brow - 0.02,
            -0.2,
            brow - 0.06,
            -wide + 0.12,
            -0.4,
            -wide + 0.08,
            side + 0.02,
            -wide,
            side,
            -wide,
            -0.6,
            -0.38,
            -0.9 - lift
        };
        if (part < 0) {
            for (int i = 0; i < p.length; i += 2) {
                p[i] = -p[i];
            }
        }
        return Outline.blob(p);
    }

    private void shine(double part) {
        double x = head.light();
        head.glint(Outline.curve(0.07, x * 0.38, -0.7, x * 0.26, -0.8, x * 0.06, -0.85), 0.22);
    }

    /** A crown of round curls; angles run clockwise from the top. */
    private void curls(double radius, int count, double from, double to, double size, double tone) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i % 2 == 0 ? i / 2 : count - 1 - i / 2;
        }
        for (int i : order) {
            double angle = from + (to - from) * i / (count - 1);
            double x = StrictMath.sin(angle) * radius * 0.95;
            double y = -0.26 - StrictMath.cos(angle) * radius;
            double r = size * (0.9 + 0.25 * strands.at(100 + i));
            head.add(
                    Outline.ellipse(x, y, r, r),
                    Tone.light(colour, tone + 0.06 * (strands.at(200 + i) - 0.5)),
                    Volume.BALL);
        }
    }
}
