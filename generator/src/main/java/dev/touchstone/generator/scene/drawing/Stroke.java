package dev.touchstone.generator.scene.drawing;

import java.util.Arrays;

/** Lines as rings of points. */
final class Stroke {
    private static final double LONGEST_MITRE = 1.8;
    private static final int CAP = 8;

    private Stroke() {}

    /** The ring around an open line with round ends. */
    static double[] open(double[] line, double half) {
        double[] points = distinct(line);
        int n = points.length / 2;
        double[] out = new double[2 * (2 * n + 2 * (CAP - 1))];
        int k = 0;
        for (int i = 0; i < n; i++) {
            k = shifted(points, i, half, false, out, k);
        }
        k = cap(points, n - 1, n - 2, half, out, k);
        for (int i = n - 1; i >= 0; i--) {
            k = shifted(points, i, -half, false, out, k);
        }
        cap(points, 0, 1, half, out, k);
        return Outline.area(out) > 0 ? out : reversed(out);
    }

    /** A closed ring moved outwards, or inwards where {@code by} is negative. */
    static double[] offset(double[] ring, double by) {
        double[] points = distinct(ring);
        double[] out = new double[points.length];
        int k = 0;
        for (int i = 0; i < points.length / 2; i++) {
            k = shifted(points, i, -by, true, out, k);
        }
        return out;
    }

    /** The ring with points no closer than an edge. */
    static double[] thinned(double[] ring, double edge) {
        double[] out = new double[ring.length];
        int k = 0;
        for (int i = 0; i < ring.length; i += 2) {
            if (k == 0 || far(out[k - 2], out[k - 1], ring[i], ring[i + 1], edge)) {
                out[k++] = ring[i];
                out[k++] = ring[i + 1];
            }
        }
        return k < 6 ? ring : Arrays.copyOf(out, k);
    }

    private static boolean far(double x, double y, double px, double py, double distance) {
        return (px - x) * (px - x) + (py - y) * (py - y) > distance * distance;
    }

    private static double[] distinct(double[] line) {
        double[] out = new double[line.length];
        int k = 0;
        for (int i = 0; i < line.length; i += 2) {
            if (k == 0 || far(out[k - 2], out[k - 1], line[i], line[i + 1], 1e-9)) {
                out[k++] = line[i];
                out[k++] = line[i + 1];
            }
        }
        if (k == 2) {
            return new double[] {out[0], out[1], out[0] + 1e-6, out[1]};
        }
        return k == line.length ? out : Arrays.copyOf(out, k);
    }

    private static int shifted(double[] p, int i, double by, boolean closed, double[] out, int at) {
        int n = p.length / 2;
        int before = i > 0 ? i - 1 : closed ? n - 1 : i;
        int after = i < n - 1 ? i + 1 : closed ? 0 : i;
        double ax = p[2 * i] - p[2 * before];
        double ay = p[2 * i + 1] - p[2 * before + 1];
        double bx = p[2 * after] - p[2 * i];
        double by2 = p[2 * after + 1] - p[2 * i + 1];
        double la = Math.sqrt(ax * ax + ay * ay);
        double lb = Math.sqrt(bx * bx + by2 * by2);
        double nx = (la > 0 ? -ay / la : 0) + (lb > 0 ? -by2 / lb : 0);
        double ny = (la > 0 ? ax / la : 0) + (lb > 0 ? bx / lb : 0);
        double length = Math.sqrt(nx * nx + ny * ny);
        if (length < 1e-9) {
            nx = -by2 / Math.max(lb, 1e-12);
            ny = bx / Math.max(lb, 1e-12);
            length = 1;
        }
        double sides = (la > 0 ? 1 : 0) + (lb > 0 ? 1 : 0);
        double stretch = Math.min(LONGEST_MITRE, sides / length);
        out[at] = p[2 * i] + nx / length * stretch * by;
        out[at + 1] = p[2 * i + 1] + ny / length * stretch * by;
        return at + 2;
    }

    private static int cap(double[] p, int end, int inner, double half, double[] out, int at) {
        double dx = p[2 * end] - p[2 * inner];
        double dy = p[2 * end + 1] - p[2 * inner + 1];
        double length = Math.sqrt(dx * dx + dy * dy);
        dx *= half / length;
        dy *= half / length;
        int k = at;
        for (int i = 1; i < CAP; i++) {
            double angle = StrictMath.PI / 2 - StrictMath.PI * i / CAP;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            out[k++] = p[2 * end] + cos * dx - sin * dy;
            out[k++] = p[2 * end + 1] + cos * dy + sin * dx;
        }
        return k;
    }

    private static double[] reversed(double[] ring) {
        double[] back = new double[ring.length];
        for (int i = 0; i < ring.length; i += 2) {
            back[ring.length - 2 - i] = ring[i];
            back[ring.length - 1 - i] = ring[i + 1];
        }
        return back;
    }
}
