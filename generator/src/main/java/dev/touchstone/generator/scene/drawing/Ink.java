package dev.touchstone.generator.scene.drawing;

/** The colour at a point, in pixels, as 0xAARRGGBB. */
@FunctionalInterface
interface Ink {
    int at(double x, double y);

    /** One colour everywhere. */
    static Ink of(int rgb) {
        int argb = rgb | 0xFF000000;
        return (x, y) -> argb;
    }

    /** One colour everywhere, letting what lies below shine through. */
    static Ink of(int rgb, double opacity) {
        int argb = rgb & 0xFFFFFF | (int) (opacity * 255 + 0.5) << 24;
        return (x, y) -> argb;
    }
}
