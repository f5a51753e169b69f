package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image known by its content, read and decoded only when somebody looks; then its bytes must be those that it is known by. */
public final class DigestedImage {

    private final String sha256;
    private final Source source;

    @FunctionalInterface
    private interface Source {
        RgbImage read(String sha256);
    }

    private DigestedImage(String sha256, Source source) {
        this.sha256 = sha256;
        this.source = source;
    }

    /**
     * A file with a digest that was recorded when it was made.
     *
     * @param sha256 of the file's bytes, lower-case hex
     * @throws IllegalArgumentException if the digest is not 64 lower-case hex digits
     */
    public static DigestedImage recorded(Path file, String sha256, ImageDecoder decoder) {
        if (!Sha256.isDigest(sha256)) {
            throw new IllegalArgumentException(
                    "image digest: expected 64 lower-case hex digits, found \"" + sha256 + "\"");
        }
        return new DigestedImage(sha256, expected -> checked(file, expected, decoder));
    }

    /** An image that is in memory, known by its size and pixels. */
    public static DigestedImage of(RgbImage image) {
        byte[] size = {
            (byte) (image.widthPixels() >> 8),
            (byte) image.widthPixels(),
            (byte) (image.heightPixels() >> 8),
            (byte) image.heightPixels()
        };
        return new DigestedImage(Sha256.of(size, image.rgb()), expected -> image);
    }

    /** SHA-256 of the content, lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /**
     * The pixels. The bytes that are decoded are those whose digest was checked.
     *
     * @throws FeatureException if the file cannot be read or holds other bytes than were recorded
     * @throws dev.touchstone.metrics.image.ImageDecodeException if it is no image
     */
    public RgbImage read() {
        return source.read(sha256);
    }

    private static RgbImage checked(Path file, String expected, ImageDecoder decoder) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FeatureException(file + ": expected a readable image, found " + IoReason.of(e), e);
        }
        String found = Sha256.of(bytes);
        if (!found.equals(expected)) {
            throw new FeatureException(file + ": expected the image that was recorded, with SHA-256 " + expected
                    + ", found another one, with " + found + "; the file changed since: restore it or make it anew");
        }
        return decoder.decode(bytes, file.toString());
    }
}
