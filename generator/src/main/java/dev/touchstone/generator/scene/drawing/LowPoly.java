package dev.touchstone.generator.scene.drawing;

/** Triangles of even colour. One net of triangles lies over the whole picture. */
record LowPoly(long variation, double shortSide, double light) implements Treatment {

    @Override
    public void paint(Canvas canvas, Part part) {
        switch (part.volume()) {
            case GLINT, SHADOW -> {}
            case INK -> canvas.fill(part.outline(), part.ink());
            case GROUND -> facets(canvas, part, part.outline(), 0.22, 0.05);
            case BALL, TUBE, SLAB -> facets(canvas, part, angular(part), 0.15, 0.16);
        }
    }

    /** Straight edges for round bodies; narrow things keep their outline. */
    private Outline angular(Part part) {
        double narrow = Math.min(part.box().width(), part.box().height());
        return part.volume() == Volume.BALL || narrow > shortSide * 0.3
                ? part.outline().angular(Math.min(shortSide * 0.085, narrow * 0.3))
                : part.outline();
    }

    private void facets(Canvas canvas, Part part, Outline outline, double size, double contrast) {
        Ink lit = Treatment.lit(part, light, 1.15);
        canvas.fill(outline, lit);
        canvas.limit(outline);
        Outline.Bounds box = part.box();
        Stream net = new Stream(variation, size > 0.2 ? "ground net" : "net");
        double cell = shortSide * size;
        long fromX = (long) Math.floor(Math.max(0, box.left()) / cell) - 1;
        long toX = (long) Math.ceil(Math.min(canvas.width, box.right()) / cell) + 1;
        long fromY = (long) Math.floor(Math.max(0, box.top()) / cell) - 1;
        long toY = (long) Math.ceil(Math.min(canvas.height, box.bottom()) / cell) + 1;
        for (long y = fromY; y < toY; y++) {
            for (long x = fromX; x < toX; x++) {
                double[] a = knot(net, x, y, cell);
                double[] b = knot(net, x + 1, y, cell);
                double[] c = knot(net, x + 1, y + 1, cell);
                double[] d = knot(net, x, y + 1, cell);
                boolean down = net.at(place(x, y) * 4 + 2) < 0.5;
                double one = net.at(place(x, y) * 4 + 3) * 2 - 1;
                double two = -0.6 * one + 0.4 * (net.at(place(y, x) * 4 + 2) * 2 - 1);
                facet(canvas, lit, down ? new double[][] {a, b, d} : new double[][] {a, b, c}, one * contrast);
                facet(canvas, lit, down ? new double[][] {b, c, d} : new double[][] {a, c, d}, two * contrast);
            }
        }
    }

    private static void facet(Canvas canvas, Ink lit, double[][] corners, double lighter) {
        double x = (corners[0][0] + corners[1][0] + corners[2][0]) / 3;
        double y = (corners[0][1] + corners[1][1] + corners[2][1]) / 3;
        Outline triangle = Outline.polygon(
                corners[0][0], corners[0][1], corners[1][0], corners[1][1], corners[2][0], corners[2][1]);
        canvas.fillWithin(triangle, Tone.light(lit.at(x, y), lighter), 0);
    }

    private static double[] knot(Stream net, long x, long y, double cell) {
        long place = place(x, y) * 4;
        return new double[] {(x + 0.55 * net.at(place)) * cell, (y + 0.55 * net.at(place + 1)) * cell};
    }

    private static long place(long x, long y) {
        return (x + 1000) * 4096 + y + 1000;
    }
}
