package dev.touchstone.generator.scene.drawing;

/** How a part of a picture takes light and style. */
enum Volume {
    /** Belongs to the background: never contoured. */
    GROUND,
    /** Rounded in both directions. */
    BALL,
    /** Rounded from left to right. */
    TUBE,
    /** Flat, a little brighter towards the light. */
    SLAB,
    /** A drawn detail: no light, no contour. */
    INK,
    /** A reflection of light, drawn only where surfaces are shaded. */
    GLINT,
    /** A shadow cast on the ground. */
    SHADOW;

    /** How light a point is, from -1 to 1, within the box of its part. */
    double light(Outline.Bounds box, double x, double y, double side) {
        double u = (x - box.x()) / (box.width() / 2 + 1e-9);
        double v = (y - box.y()) / (box.height() / 2 + 1e-9);
        return switch (this) {
            case BALL -> ball(u, v, side);
            case TUBE -> tube(u, v, side);
            case SLAB -> 0.02 + 0.15 * side * u - 0.1 * v;
            case GROUND, INK, GLINT, SHADOW -> 0;
        };
    }

    private static double ball(double u, double v, double side) {
        double flat = Math.min(1, u * u + v * v);
        double facing = 0.62 * side * u - 0.48 * v + 0.62 * Math.sqrt(1 - flat * 0.92);
        return shade(facing);
    }

    private static double tube(double u, double v, double side) {
        double flat = Math.min(1, u * u);
        double facing = 0.72 * side * u + 0.62 * Math.sqrt(1 - flat * 0.9) - 0.08 * v;
        return shade(facing);
    }

    private static double shade(double facing) {
        double t = facing - 0.46;
        return t > 0 ? Math.min(0.5, t * t * 1.9) : Math.max(-0.52, t * 0.62);
    }
}
