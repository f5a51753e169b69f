package dev.touchstone.generator.model;

import dev.touchstone.metrics.image.RgbImage;
import java.util.Optional;

/**
 * An edit by masked sampling: sampling starts from the input's latents, noised to time {@code 1 - strength}; where there
 * is a mask, the input's own pixels outside it are put into every predicted picture, and into the finished one.
 *
 * @param input the picture to edit
 * @param mask white (at least 128 in the first channel) where pixels may change; empty where all may
 * @param strength in (0, 1]; at 1 the input's own pixels inside the mask have no influence
 */
public record Edit(RgbImage input, Optional<RgbImage> mask, double strength) {

    private static final int WHITE = 128;

    /** @throws IllegalArgumentException if the mask has another size or the strength lies outside (0, 1] */
    public Edit {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("edit strength: expected a number in (0, 1], found " + strength);
        }
        if (mask.isPresent()
                && (mask.get().widthPixels() != input.widthPixels()
                        || mask.get().heightPixels() != input.heightPixels())) {
            throw new IllegalArgumentException(
                    "edit mask: expected the input's size " + size(input) + ", found " + size(mask.get()));
        }
    }

    /** Whether a pixel's values may change; the index is that of a value in {@link RgbImage#rgb}. */
    boolean mayChange(int value) {
        return mask.isEmpty() || (mask.get().rgb()[value / 3 * 3] & 0xff) >= WHITE;
    }

    /** The image with the input's own pixels outside the mask. */
    RgbImage composite(RgbImage image) {
        byte[] rgb = image.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            if (!mayChange(i)) {
                rgb[i] = input.rgb()[i];
            }
        }
        return new RgbImage(image.widthPixels(), image.heightPixels(), rgb);
    }

    static String size(RgbImage image) {
        return image.widthPixels() + " x " + image.heightPixels();
    }
}
