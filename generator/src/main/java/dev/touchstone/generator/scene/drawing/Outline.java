package dev.touchstone.generator.scene.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A filled area as closed rings of points (x0, y0, x1, y1, ...). Rings of positive turn fill, rings of negative turn
 * cut out; overlapping rings unite.
 */
record Outline(List<double[]> rings) {
    private static final int ARC = 40;
    private static final double[] COS = new double[ARC];
    private static final double[] SIN = new double[ARC];

    static {
        for (int i = 0; i < ARC; i++) {
            COS[i] = StrictMath.cos(2 * StrictMath.PI * i / ARC);
            SIN[i] = StrictMath.sin(2 * StrictMath.PI * i / ARC);
        }
    }

    static Outline polygon(double... points) {
        return new Outline(List.of(turned(points, true)));
    }

    static Outline box(double left, double top, double right, double bottom) {
        return polygon(left, top, right, top, right, bottom, left, bottom);
    }

    static Outline ellipse(double x, double y, double rx, double ry) {
        double[] points = new double[2 * ARC];
        for (int i = 0; i < ARC; i++) {
            points[2 * i] = x + rx * COS[i];
            points[2 * i + 1] = y + ry * SIN[i];
        }
        return polygon(points);
    }

    static Outline roundBox(double left, double top, double right, double bottom, double radius) {
        double r = Math.min(radius, Math.min(right - left, bottom - top) / 2);
        double[] points = new double[2 * (ARC + 4)];
        int n = 0;
        for (int corner = 0; corner < 4; corner++) {
            double cx = corner == 0 || corner == 3 ? right - r : left + r;
            double cy = corner < 2 ? bottom - r : top + r;
            for (int i = 0; i <= ARC / 4; i++) {
                int k = (corner * ARC / 4 + i) % ARC;
                points[n++] = cx + r * COS[k];
                points[n++] = cy + r * SIN[k];
            }
        }
        return polygon(points);
    }

    /** A closed smooth curve through the points. */
    static Outline blob(double... points) {
        return polygon(smooth(points, true));
    }

    /** A line through the points, with round ends. */
    static Outline line(double width, double... points) {
        return new Outline(List.of(Stroke.open(points, width / 2)));
    }

    /** A smooth line through the points, with round ends. */
    static Outline curve(double width, double... points) {
        return line(width, smooth(points, false));
    }

    /** The line along this outline, half of it outside. */
    Outline contour(double width) {
        List<double[]> lines = new ArrayList<>();
        for (double[] ring : rings) {
            lines.add(turned(Stroke.offset(ring, width / 2), true));
            double[] inner = Stroke.offset(ring, -width / 2);
            if (area(inner) > 0) {
                lines.add(turned(inner, false));
            }
        }
        return new Outline(lines);
    }

    /** The same area with long straight edges in place of curves. */
    Outline angular(double edge) {
        List<double[]> coarse = new ArrayList<>();
        for (double[] ring : rings) {
            coarse.add(Stroke.thinned(ring, edge));
        }
        return new Outline(coarse);
    }

    Outline and(Outline other) {
        List<double[]> all = new ArrayList<>(rings);
        all.addAll(other.rings);
        return new Outline(all);
    }

    Outline through(Affine affine) {
        List<double[]> moved = new ArrayList<>(rings.size());
        boolean mirrored = affine.a() * affine.d() - affine.b() * affine.c() < 0;
        for (double[] ring : rings) {
            double[] to = new double[ring.length];
            for (int i = 0; i < ring.length; i += 2) {
                int k = mirrored ? ring.length - 2 - i : i;
                to[k] = affine.x(ring[i], ring[i + 1]);
                to[k + 1] = affine.y(ring[i], ring[i + 1]);
            }
            moved.add(to);
        }
        return new Outline(moved);
    }

    Bounds bounds() {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (double[] ring : rings) {
            for (int i = 0; i < ring.length; i += 2) {
                left = Math.min(left, ring[i]);
                right = Math.max(right, ring[i]);
                top = Math.min(top, ring[i + 1]);
                bottom = Math.max(bottom, ring[i + 1]);
            }
        }
        return new Bounds(left, top, right, bottom);
    }

    static double area(double[] ring) {
        double sum = 0;
        int last = ring.length - 2;
        for (int i = 0; i < ring.length; last = i, i += 2) {
            sum += ring[last] * ring[i + 1] - ring[i] * ring[last + 1];
        }
        return sum / 2;
    }

    private static double[] turned(double[] ring, boolean positive) {
        if (area(ring) > 0 == positive) {
            return ring;
        }
        double[] back = new double[ring.length];
        for (int i = 0; i < ring.length; i += 2) {
            back[ring.length - 2 - i] = ring[i];
            back[ring.length - 1 - i] = ring[i + 1];
        }
        return back;
    }

    /** Catmull-Rom through the points, as a polyline. */
    static double[] smooth(double[] points, boolean closed) {
        int n = points.length / 2;
        int steps = 7;
        int pieces = closed ? n : n - 1;
        double[] out = new double[2 * (pieces * steps + (closed ? 0 : 1))];
        int k = 0;
        for (int i = 0; i < pieces; i++) {
            int p0 = closed ? (i + n - 1) % n : Math.max(0, i - 1);
            int p2 = (i + 1) % n;
            int p3 = closed ? (i + 2) % n : Math.min(n - 1, i + 2);
            for (int s = 0; s < steps; s++) {
                double t = s / (double) steps;
                for (int axis = 0; axis < 2; axis++) {
                    double a = points[2 * p0 + axis];
                    double b = points[2 * i + axis];
                    double c = points[2 * p2 + axis];
                    double d = points[2 * p3 + axis];
                    out[k++] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
                }
            }
        }
        if (!closed) {
            out[k++] = points[2 * n - 2];
            out[k] = points[2 * n - 1];
        }
        return out;
    }

    /** The box around an area. */
    record Bounds(double left, double top, double right, double bottom) {
        double width() {
            return right - left;
        }

        double height() {
            return bottom - top;
        }

        double x() {
            return (left + right) / 2;
        }

        double y() {
            return (top + bottom) / 2;
        }

        Bounds around(Bounds other) {
            return new Bounds(
                    Math.min(left, other.left),
                    Math.min(top, other.top),
                    Math.max(right, other.right),
                    Math.max(bottom, other.bottom));
        }
    }
}
