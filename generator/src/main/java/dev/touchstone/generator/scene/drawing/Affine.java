package dev.touchstone.generator.scene.drawing;

/** x' = a x + c y + e, y' = b x + d y + f. */
record Affine(double a, double b, double c, double d, double e, double f) {

    static Affine move(double x, double y) {
        return new Affine(1, 0, 0, 1, x, y);
    }

    static Affine scale(double x, double y) {
        return new Affine(x, 0, 0, y, 0, 0);
    }

    /** A clockwise turn (y points down) about a point. */
    static Affine turn(double radians, double x, double y) {
        double cos = StrictMath.cos(radians);
        double sin = StrictMath.sin(radians);
        return move(x, y).then(new Affine(cos, sin, -sin, cos, 0, 0)).then(move(-x, -y));
    }

    /** This after {@code inner}: points go through {@code inner} first. */
    Affine then(Affine inner) {
        return new Affine(
                a * inner.a + c * inner.b,
                b * inner.a + d * inner.b,
                a * inner.c + c * inner.d,
                b * inner.c + d * inner.d,
                x(inner.e, inner.f),
                y(inner.e, inner.f));
    }

    double x(double px, double py) {
        return a * px + c * py + e;
    }

    double y(double px, double py) {
        return b * px + d * py + f;
    }
}
