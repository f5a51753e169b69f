package dev.touchstone.metrics.image.png;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks behind a PNG's header, one after the other; as a stream, the compressed pixels. The stream ends at a chunk that is not
 * sound, because whoever reads ahead may not need it; {@link #problem()} tells then.
 */
final class PngChunks extends InputStream {

    private static final int PALETTE_COLOURS = 3;

    private final String name;
    private final byte[] png;
    private final PngHeader header;
    private final PngRules.Extent extent;
    private int at = PngHeader.LENGTH;
    private int pixels;
    private int pixelsEnd;
    private byte[] palette = new byte[0];
    private Optional<ImageFileException> problem = Optional.empty();

    PngChunks(String name, byte[] png, PngHeader header, PngRules.Extent extent) {
        this.name = name;
        this.png = png;
        this.header = header;
        this.extent = extent;
    }

    /** Red, green and blue of each entry; empty before it was met. */
    byte[] palette() {
        return palette;
    }

    /** Why the stream ended before the last chunk. */
    Optional<ImageFileException> problem() {
        return problem;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int start, int length) {
        if (pixels == pixelsEnd && !nextPixels()) {
            return -1;
        }
        int count = Math.min(length, pixelsEnd - pixels);
        System.arraycopy(png, pixels, to, start, count);
        pixels += count;
        return count;
    }

    /** Goes on to the next chunk of pixels; false where there is none. */
    private boolean nextPixels() {
        try {
            while (pixels == pixelsEnd) {
                int start = at;
                switch (next()) {
                    case "IDAT" -> {
                        if (header.colourType() == PALETTE_COLOURS && palette.length == 0) {
                            throw new ImageFileException(name, "expected a palette, found none");
                        }
                        pixels = start + 8;
                        pixelsEnd = at - 4;
                    }
                    case "PLTE" -> palette = Arrays.copyOfRange(png, start + 8, at - 4);
                    case "IEND" -> {
                        at = start;
                        return false;
                    }
                    default -> {}
                }
            }
            return true;
        } catch (ImageFileException e) {
            problem = Optional.of(e);
            return false;
        }
    }

    /** Checks what stands behind the pixels, if the rules ask for it. */
    void finish() {
        while (extent == PngRules.Extent.WHOLE_FILE && !next().equals("IEND")) {
            // Further pixels and metadata do not count, but must be sound.
        }
    }

    /** Steps over a chunk, which is checked as the rules ask. */
    private String next() {
        int length = png.length - at < 12 ? -1 : PngHeader.integer(png, at);
        if (length < 0 || length > png.length - at - 12) {
            throw new ImageFileException(
                    name,
                    "expected a whole PNG file, found one that is truncated at byte " + png.length + " (chunk at byte "
                            + at + ")");
        }
        String type = type(png, at);
        boolean known = type.equals("IDAT") || type.equals("PLTE");
        if (known || extent == PngRules.Extent.WHOLE_FILE) {
            requireCheckSum(name, png, at, length);
            // Metadata, colour profiles and transparency do not change the samples that are kept.
            if (!known && !type.equals("IEND") && Character.isUpperCase(type.charAt(0))) {
                throw new ImageFileException(name, "expected chunks that PNG defines, found " + type);
            }
        }
        at += 12 + length;
        return type;
    }

    static void requireCheckSum(String name, byte[] png, int chunk, int length) {
        CRC32 sum = new CRC32();
        sum.update(png, chunk + 4, length + 4);
        if ((int) sum.getValue() != PngHeader.integer(png, chunk + 8 + length)) {
            throw new ImageFileException(
                    name,
                    "expected chunk " + type(png, chunk) + " at byte " + chunk
                            + " as it was written, found a wrong check sum;" + " the file is damaged");
        }
    }

    private static String type(byte[] png, int chunk) {
        return new String(png, chunk + 4, 4, StandardCharsets.ISO_8859_1);
    }
}
