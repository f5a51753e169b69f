package dev.touchstone.generator.scene;

import dev.touchstone.generator.scene.drawing.Picture;
import java.awt.image.BufferedImage;

/** Renders scenes. Same pixels on every machine and JDK. Thread-safe, stateless. */
public final class SceneRenderer {
    private SceneRenderer() {}

    /** A part of a picture that an edit is about. */
    public enum Region {
        /** Everything that the subject covers, its shadow included. */
        SUBJECT,
        /** Everything that changes with the background: all but the inside of the subject. */
        BACKGROUND,
        /** A characteristic part: the eyes of a face, the label area of a product, else the middle third. */
        DETAIL
    }

    /**
     * Draws a scene.
     *
     * @return a picture of type {@link BufferedImage#TYPE_INT_RGB}
     * @throws IllegalArgumentException if a side is shorter than 8 pixels
     */
    public static BufferedImage render(Scene scene, int widthPixels, int heightPixels) {
        check(widthPixels, heightPixels);
        int[] pixels = new Picture(scene, widthPixels, heightPixels).pixels();
        BufferedImage image = new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, widthPixels, heightPixels, pixels);
        return image;
    }

    /**
     * Draws where an edit of a region may change pixels, dilated by two pixels at a side of 64.
     *
     * @return a picture of type {@link BufferedImage#TYPE_BYTE_GRAY}, white inside, black outside
     * @throws IllegalArgumentException if a side is shorter than 8 pixels
     */
    public static BufferedImage mask(Scene scene, Region region, int widthPixels, int heightPixels) {
        check(widthPixels, heightPixels);
        Picture.Extent extent = switch (region) {
            case SUBJECT -> Picture.Extent.SUBJECT;
            case BACKGROUND -> Picture.Extent.BACKGROUND;
            case DETAIL -> Picture.Extent.DETAIL;
        };
        byte[] mask = new Picture(scene, widthPixels, heightPixels).mask(extent);
        BufferedImage image = new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, widthPixels, heightPixels, mask);
        return image;
    }

    private static void check(int widthPixels, int heightPixels) {
        if (widthPixels < 8 || heightPixels < 8) {
            throw new IllegalArgumentException(
                    "picture: expected sides of at least 8 pixels, found " + widthPixels + " x " + heightPixels);
        }
    }
}
