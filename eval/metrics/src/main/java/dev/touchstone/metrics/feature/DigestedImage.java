package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * An image known by its content, decoded only when somebody looks.
 *
 * @param sha256 of the content, lower-case hex: of the file where there is one
 * @param pixels decodes it
 */
public record DigestedImage(String sha256, Supplier<RgbImage> pixels) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the digest is not 64 lower-case hex digits */
    public DigestedImage {
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "image digest: expected 64 lower-case hex digits, found \"" + sha256 + "\"");
        }
    }

    /** An image that is in memory, known by its size and pixels. */
    public static DigestedImage of(RgbImage image) {
        byte[] size = {
            (byte) (image.widthPixels() >> 8),
            (byte) image.widthPixels(),
            (byte) (image.heightPixels() >> 8),
            (byte) image.heightPixels()
        };
        return new DigestedImage(Sha256.of(size, image.rgb()), () -> image);
    }
}
