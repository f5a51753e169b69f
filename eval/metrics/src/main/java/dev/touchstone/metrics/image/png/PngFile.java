package dev.touchstone.metrics.image.png;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * PNG files: written as the same bytes on every machine, read strictly.
 *
 * <p>Written: 8-bit RGB, not interlaced, no metadata; each row takes the filter with the smallest sum of absolute
 * differences (ties: the first in PNG's order), compressed by a deflater in Java, because the bytes of the platform's
 * zlib depend on its build.
 *
 * <p>Read: every colour type, bit depth and interlacing of PNG 1.2. Grey is copied to the three channels, 16-bit samples
 * keep their high byte, alpha and colour profiles are ignored. Checksums are verified, and the size in the header is
 * checked before anything is allocated. Limits, and how much of a file must be sound, are {@link PngRules}.
 */
public final class PngFile {

    /** Longest side that is read. */
    public static final int MAX_SIDE_PIXELS = 16_384;

    /** Most pixels that are read: 96 MiB once decoded. */
    public static final int MAX_PIXELS = 1 << 25;

    /** Largest file that is read. */
    public static final long MAX_FILE_BYTES = 256L << 20;

    private static final PngRules STRICT = new PngRules(MAX_SIDE_PIXELS, MAX_PIXELS, PngRules.Extent.WHOLE_FILE);

    private PngFile() {}

    /** The image as the bytes of a PNG file; equal images give equal bytes. */
    public static byte[] encode(RgbImage image) {
        return PngWriter.encode(image);
    }

    /**
     * Decodes the bytes of a PNG file.
     *
     * @param name of the file, for messages
     * @throws ImageFileException if it is not a whole, valid PNG within the size limits
     */
    public static RgbImage decode(String name, byte[] png) {
        return decode(name, png, STRICT);
    }

    /**
     * Decodes the bytes of a PNG file by rules of the caller's.
     *
     * @param name of the file, for messages
     * @throws ImageFileException if it is not a valid PNG, or not as the rules say
     */
    public static RgbImage decode(String name, byte[] png, PngRules rules) {
        return decodeSource(name, png, rules).rgb();
    }

    /** As {@link #decode(String, byte[], PngRules)}, with what the file held before it became RGB. */
    public static SourceImage decodeSource(String name, byte[] png, PngRules rules) {
        PngHeader header = header(name, png);
        rules.require(name, header);
        return new PngReader(name, png, header, rules.extent()).decode();
    }

    /**
     * What the header states, without decoding and whatever the size.
     *
     * @throws ImageFileException if there is no valid PNG header
     */
    public static PngHeader header(String name, byte[] png) {
        return PngHeader.read(name, png);
    }

    /**
     * Reads a PNG file.
     *
     * @throws ImageFileException if the file cannot be read, or is not a whole, valid PNG within the size limits
     */
    public static RgbImage read(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_FILE_BYTES) {
                throw new ImageFileException(
                        file.toString(), "expected at most " + MAX_FILE_BYTES + " bytes, found " + bytes);
            }
            return decode(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ImageFileException(file.toString(), "expected a readable file, found " + e, e);
        }
    }

    /**
     * Writes a PNG file: to a temporary name in the same folder, then moved, so that the file is whole or absent.
     *
     * @throws IOException if the folder cannot be written; nothing is left behind
     */
    public static void write(Path file, RgbImage image) throws IOException {
        write(file, encode(image));
    }

    /** As {@link #write(Path, RgbImage)}, with bytes from {@link #encode}. */
    public static void write(Path file, byte[] png) throws IOException {
        AtomicFile.writeUnforced(file, png);
    }
}
