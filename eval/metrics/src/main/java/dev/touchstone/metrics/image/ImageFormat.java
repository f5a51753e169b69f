package dev.touchstone.metrics.image;

import java.util.Locale;
import java.util.Optional;

/** The formats that are read, told apart by their first bytes and never by their names. */
public enum ImageFormat {
    PNG,
    JPEG,
    GIF,
    BMP,
    TIFF,
    WEBP;

    /** The name in records. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The usual ending of file names, without the point. */
    public String fileEnding() {
        return this == JPEG ? "jpg" : id();
    }

    /** The format of a file's bytes; empty if it is none of these. */
    public static Optional<ImageFormat> of(byte[] bytes) {
        if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return Optional.of(PNG);
        }
        if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) {
            return Optional.of(JPEG);
        }
        if (startsWith(bytes, 0, 'G', 'I', 'F', '8')) {
            return Optional.of(GIF);
        }
        if (startsWith(bytes, 0, 'B', 'M')) {
            return Optional.of(BMP);
        }
        if (startsWith(bytes, 0, 'I', 'I', 42, 0) || startsWith(bytes, 0, 'M', 'M', 0, 42)) {
            return Optional.of(TIFF);
        }
        if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int offset, int... expected) {
        if (bytes.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[offset + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
