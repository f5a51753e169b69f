package dev.touchstone.generator.scene.drawing;

/** Visible dabs of a brush, each of its own tint, that follow a gentle flow and spill a little over the edges. */
record Painterly(long variation, double shortSide, double light) implements Treatment {
    private static final int SPILL = 80;

    @Override
    public void paint(Canvas canvas, Part part) {
        switch (part.volume()) {
            case GLINT, SHADOW -> {}
            case INK -> canvas.fill(part.outline(), part.ink());
            case GROUND -> dabs(canvas, part, 0.1, 0.1);
            case BALL, TUBE, SLAB -> dabs(canvas, part, size(part), 0.15);
        }
    }

    /** Narrow parts take finer marks. */
    private double size(Part part) {
        double narrow = Math.min(part.box().width(), part.box().height()) / shortSide;
        return narrow > 0.3 ? 0.06 : narrow > 0.15 ? 0.05 : 0.038;
    }

    private void dabs(Canvas canvas, Part part, double size, double contrast) {
        Ink lit = Treatment.lit(part, light, 1);
        canvas.fill(part.outline(), lit);
        canvas.limit(part.outline());
        boolean ground = part.volume() == Volume.GROUND;
        Outline.Bounds box = part.box();
        Stream marks = new Stream(variation, ground ? "ground marks" : "marks");
        double cell = shortSide * size;
        long fromX = (long) Math.floor(Math.max(0, box.left()) / cell) - 1;
        long toX = (long) Math.ceil(Math.min(canvas.width, box.right()) / cell) + 1;
        long fromY = (long) Math.floor(Math.max(0, box.top()) / cell) - 1;
        long toY = (long) Math.ceil(Math.min(canvas.height, box.bottom()) / cell) + 1;
        double lean = marks.at(-5) * 3;
        for (long y = fromY; y < toY; y++) {
            for (long x = fromX; x < toX; x++) {
                long place = ((x + 1000) * 4096 + y + 1000) * 8;
                double px = (x + marks.at(place)) * cell;
                double py = (y + marks.at(place + 1)) * cell;
                if (canvas.limitAt(px, py) < 160) {
                    continue;
                }
                double bend = StrictMath.sin(px / shortSide * 5 + lean) + StrictMath.cos(py / shortSide * 4 - lean);
                double angle = lean + 0.7 * bend + 0.5 * (marks.at(place + 2) - 0.5);
                double long1 = cell * (0.95 + 0.5 * marks.at(place + 3));
                double wide = cell * (0.36 + 0.16 * marks.at(place + 4));
                double tint = (marks.at(place + 5) * 2 - 1) * contrast;
                int colour = Tone.light(lit.at(px, py), tint);
                int warm = marks.at(place + 6) < 0.5 ? 0xE8A040 : 0x5060C8;
                canvas.fillWithin(dab(px, py, angle, long1, wide), Tone.mix(colour, warm, 0.09), ground ? 0 : SPILL);
            }
        }
    }

    private static Outline dab(double x, double y, double angle, double half, double wide) {
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double[] shape = {-1, -0.2, -0.75, -0.9, 0.6, -1, 1, -0.3, 0.9, 0.6, 0.3, 1, -0.8, 0.75};
        double[] points = new double[shape.length];
        for (int i = 0; i < shape.length; i += 2) {
            points[i] = x + cos * shape[i] * half - sin * shape[i + 1] * wide;
            points[i + 1] = y + sin * shape[i] * half + cos * shape[i + 1] * wide;
        }
        return Outline.polygon(points);
    }
}
