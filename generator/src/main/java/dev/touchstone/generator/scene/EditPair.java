package dev.touchstone.generator.scene;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;

/**
 * One edit with its expected result. Both scenes share everything that the edit does not name, so that no pixel differs
 * outside the mask. For {@link EditKind#INPAINT} the caller hides the masked part of the picture before.
 *
 * @param id stable name, unique within a split
 * @param kind what is asked for
 * @param before the scene to start from
 * @param after the scene expected
 * @param region the part that may change
 * @param instruction the request in words
 */
public record EditPair(
        String id, EditKind kind, Scene before, Scene after, SceneRenderer.Region region, String instruction) {

    /**
     * @throws IllegalArgumentException if the scenes differ in what is not described, so that pixels outside the mask would
     */
    public EditPair {
        if (before.variation() != after.variation() || before.workflow() != after.workflow()) {
            throw new IllegalArgumentException(
                    "edit " + id + ": expected both scenes to share workflow and variation, found " + before.variation()
                            + " and " + after.variation());
        }
    }

    /** The picture to start from. */
    public BufferedImage renderBefore(int widthPixels, int heightPixels) {
        return SceneRenderer.render(before, widthPixels, heightPixels);
    }

    /** The picture expected. */
    public BufferedImage renderAfter(int widthPixels, int heightPixels) {
        return SceneRenderer.render(after, widthPixels, heightPixels);
    }

    /** White (255) where either scene's region lies, black (0) elsewhere; one byte a pixel. */
    public BufferedImage mask(int widthPixels, int heightPixels) {
        BufferedImage mask = SceneRenderer.mask(before, region, widthPixels, heightPixels);
        if (kind == EditKind.REMOVE) {
            return mask;
        }
        WritableRaster union = mask.getRaster();
        WritableRaster other =
                SceneRenderer.mask(after, region, widthPixels, heightPixels).getRaster();
        for (int y = 0; y < heightPixels; y++) {
            for (int x = 0; x < widthPixels; x++) {
                union.setSample(x, y, 0, union.getSample(x, y, 0) | other.getSample(x, y, 0));
            }
        }
        return mask;
    }
}
